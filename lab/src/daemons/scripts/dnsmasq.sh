# Answers every question of everybody, which is what an open resolver does.
cat > dnsmasq.conf <<END
user=root
no-resolv
no-hosts
address=/#/192.0.2.1
pid-file=$FOLDER/dnsmasq.pid
END
exec dnsmasq --keep-in-foreground --conf-file="$FOLDER/dnsmasq.conf" --log-facility=-
