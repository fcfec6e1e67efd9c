# Answers mDNS questions that are sent to it alone, too.
mkdir -p /run/avahi-daemon
cat > avahi-daemon.conf <<END
[server]
host-name=office
use-ipv4=yes
use-ipv6=yes
enable-dbus=no
[publish]
publish-workstation=yes
[reflector]
[rlimits]
END
exec avahi-daemon --no-drop-root --no-chroot --no-rlimits --file="$FOLDER/avahi-daemon.conf"
