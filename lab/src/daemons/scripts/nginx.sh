# One plain server and three with TLS: valid for a while, expired, and of the last century's kind.
server() {
    printf '    server { listen %s; listen [::]:%s; %s return 200 "office\\n"; }\n' "$1" "$1" "$2"
}
secured() {
    server "$1 ssl" "ssl_certificate $2; ssl_certificate_key $KEY; $3"
}
cat > nginx.conf <<END
daemon off; user root; pid $FOLDER/nginx.pid; error_log stderr; worker_processes 1;
events {}
http {
    access_log off;
    client_body_temp_path $FOLDER/a; proxy_temp_path $FOLDER/b; fastcgi_temp_path $FOLDER/c;
    uwsgi_temp_path $FOLDER/d; scgi_temp_path $FOLDER/e;
$(server 80 "")
$(secured 443 "$CERTIFICATE" "ssl_protocols TLSv1.2 TLSv1.3;")
$(secured 8443 "$EXPIRED" "ssl_protocols TLSv1.2 TLSv1.3;")
$(secured 4433 "$CERTIFICATE" "ssl_protocols TLSv1 TLSv1.1; ssl_ciphers DEFAULT:@SECLEVEL=0;")
}
END
exec nginx -c "$FOLDER/nginx.conf" -p "$FOLDER" -e stderr
