# Offers passwords.
mkdir /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host_key
cat > sshd_config <<END
ListenAddress 0.0.0.0:22
ListenAddress [::]:22
HostKey $FOLDER/host_key
PidFile none
UsePAM no
UseDNS no
PasswordAuthentication yes
# nmap and Klinke together are more than the usual ten unfinished logins at once.
MaxStartups 100
END
exec /usr/sbin/sshd -D -e -f sshd_config
