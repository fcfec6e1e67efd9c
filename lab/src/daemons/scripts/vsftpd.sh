# Wants a name and a password; nobody is let in without.
mkdir empty
cat > vsftpd.conf <<END
listen=NO
listen_ipv6=YES
background=NO
anonymous_enable=NO
local_enable=YES
secure_chroot_dir=$FOLDER/empty
xferlog_enable=NO
END
exec vsftpd "$FOLDER/vsftpd.conf"
