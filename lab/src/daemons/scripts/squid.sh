# A proxy that serves nobody, and says so.
cat > squid.conf <<END
http_port 3128
http_access deny all
visible_hostname office.test
pid_filename none
access_log none
cache_log stdio:/dev/stderr
coredump_dir $FOLDER
pinger_enable off
cache_mem 8 MB
END
exec squid -N -f "$FOLDER/squid.conf"
