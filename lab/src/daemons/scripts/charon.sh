# IKE without any connection configured: it answers every proposal, with a no.
cat > strongswan.conf <<END
charon {
    install_routes = no
    install_virtual_ip = no
    filelog {
        stderr {
            default = 1
        }
    }
}
END
export STRONGSWAN_CONF="$FOLDER/strongswan.conf"
exec /usr/lib/ipsec/charon
