# POP3 and IMAP, in the clear with STARTTLS, and with TLS from the start.
mkdir state
cat > dovecot.conf <<END
protocols = imap pop3
listen = *, ::
base_dir = /run/dovecot
state_dir = $FOLDER/state
log_path = /dev/stderr
ssl = yes
ssl_cert = <$CERTIFICATE
ssl_key = <$KEY
mail_location = maildir:$FOLDER/mail/%u
passdb {
    driver = static
    args = password=klinke
}
userdb {
    driver = static
    args = uid=nobody gid=nogroup home=$FOLDER/mail
}
END
exec dovecot -F -c "$FOLDER/dovecot.conf"
