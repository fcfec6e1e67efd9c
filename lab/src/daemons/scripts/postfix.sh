# Receives mail on 25, and from people who log in on 587 (STARTTLS) and 465 (TLS). Its queue and its
# configuration are its own: master insists on the owners and places that Debian gives them.
for place in /var/spool/postfix /var/lib/postfix; do
    mount -t tmpfs -o mode=755 postfix "$place"
done
cd /var/spool/postfix
mkdir active bounce corrupt defer deferred flush hold incoming maildrop pid private public saved \
    trace
chown postfix: active bounce corrupt defer deferred flush hold incoming private saved trace
chown postfix:postdrop maildrop public
chown postfix: /var/lib/postfix
cd "$FOLDER"
mkdir etc
cat > etc/main.cf <<END
compatibility_level = 3.6
myhostname = office.test
mydestination = office.test
inet_interfaces = all
inet_protocols = all
maillog_file = $FOLDER/mail.log
maillog_file_prefixes = $FOLDER
smtpd_tls_cert_file = $CERTIFICATE
smtpd_tls_key_file = $KEY
smtpd_tls_security_level = may
# The greeting must not wait for the name of who asks.
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
END
cat > etc/master.cf <<END
smtp       inet  n - n - - smtpd
submission inet  n - n - - smtpd
smtps      inet  n - n - - smtpd
    -o smtpd_tls_wrappermode=yes
cleanup    unix  n - n - 0 cleanup
rewrite    unix  - - n - - trivial-rewrite
tlsmgr     unix  - - n 1000? 1 tlsmgr
anvil      unix  - - n - 1 anvil
proxymap   unix  - - n - - proxymap
postlog    unix-dgram n - n - 1 postlogd
END
exec /usr/lib/postfix/sbin/master -c "$FOLDER/etc" -d
