# Installs the Debian packages in its arguments, as root, without taking any other away and without
# starting their services, neither now nor when the machine starts again: one that only runs Klinke's
# tests should not serve SSH or web pages afterwards.
set -eu

# Debian asks this file before it starts a service; 101 means "not allowed". Whoever has one gets it
# back.
policy=/usr/sbin/policy-rc.d
kept=$policy.kept
ours='# Only while cargo xtask installs packages.'
put_back() {
    rm -f "$policy"
    if [ -e "$kept" ]; then mv "$kept" "$policy"; fi
}
trap put_back EXIT
trap 'exit 130' HUP INT TERM
if [ -e "$policy" ] && ! grep -qxF "$ours" "$policy"; then mv "$policy" "$kept"; fi
printf '#!/bin/sh\n%s\nexit 101\n' "$ours" > "$policy"
chmod 755 "$policy"

# What starts with the machine: systemd's units, and the older scripts.
units() {
    if command -v systemctl > /dev/null; then
        systemctl list-unit-files --state=enabled --no-legend --no-pager | cut -d ' ' -f 1
    fi
}
scripts() {
    find /etc/init.d -type f -printf '%f\n'
}
is_new() {
    ! printf '%s\n' "$2" | grep -qxF "$1"
}
units_before=$(units)
scripts_before=$(scripts)

export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends --no-remove "$@"

for script in $(scripts); do
    if is_new "$script" "$scripts_before"; then
        # It complains where systemd has no unit of that name, and does its part all the same.
        update-rc.d "$script" disable 2> /dev/null || echo "$script may start with this machine"
    fi
done
for unit in $(units); do
    if is_new "$unit" "$units_before"; then systemctl --quiet disable "$unit"; fi
done
