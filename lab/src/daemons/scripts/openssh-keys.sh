# Accepts keys only.
mkdir /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host_key
cat > sshd_config <<END
ListenAddress 0.0.0.0:2222
ListenAddress [::]:2222
HostKey $FOLDER/host_key
PidFile none
UsePAM no
UseDNS no
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 100
END
exec /usr/sbin/sshd -D -e -f sshd_config
