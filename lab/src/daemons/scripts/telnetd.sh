# The old remote terminal, which sends passwords in the clear. xinetd accepts the connections.
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
