# A SIP server that accepts every request.
cat > kamailio.cfg <<'END'
#!KAMAILIO
children=1
log_stderror=yes
auto_aliases=no
listen=udp:[::]:5060
listen=tcp:[::]:5060
loadmodule "sl.so"
request_route {
    sl_send_reply("200", "OK");
}
END
exec kamailio -DD -E -m 32 -M 4 -Y "$FOLDER" -f "$FOLDER/kamailio.cfg"
