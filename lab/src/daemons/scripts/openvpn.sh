# A server without tls-auth, which therefore answers everybody's first packet. A server insists on a
# device; without an address it carries nothing.
exec openvpn --dev openvpn0 --dev-type tun --mode server --tls-server --dh none \
    --proto udp6 --port 1194 --ca "$CERTIFICATE" --cert "$CERTIFICATE" --key "$KEY"
