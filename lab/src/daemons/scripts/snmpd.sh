# The community that everybody knows. What it says of its system is set, so that it is known.
export SNMP_PERSISTENT_DIR="$FOLDER"
cat > snmpd.conf <<END
rocommunity public default
rocommunity6 public default
sysDescr Linux office 6.1.0-13-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 (2023-09-29) x86_64
END
exec snmpd -f -I -smux -Lo -C -c "$FOLDER/snmpd.conf" udp:161 udp6:161
