# The old remote terminal, which sends passwords in the clear. It leaves its connections to one of
# three others, of which a machine has one.
if command -v xinetd; then
    cat > xinetd.conf <<END
service telnet
{
    flags = IPv6
    socket_type = stream
    protocol = tcp
    wait = no
    user = root
    server = /usr/sbin/telnetd
    log_type = FILE $FOLDER/telnetd.log
}
END
    exec xinetd -dontfork -f "$FOLDER/xinetd.conf" -pidfile "$FOLDER/xinetd.pid"
fi
line() {
    echo "telnet stream $1 nowait root /usr/sbin/telnetd telnetd" >> inetd.conf
}
# Here this means both families.
line tcp6
if command -v inetutils-inetd; then
    exec inetutils-inetd --debug --pidfile="$FOLDER/inetd.pid" "$FOLDER/inetd.conf"
fi
# And to OpenBSD's, only its own.
line tcp4
exec inetd -i "$FOLDER/inetd.conf"
