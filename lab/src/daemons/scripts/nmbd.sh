# NetBIOS names. It waits until there is an interface that knows a broadcast address, and none does
# on loopback.
mkdir -p private lock state cache /run/samba
cat > smb.conf <<END
[global]
workgroup = OFFICE
netbios name = OFFICE
server role = standalone server
server min protocol = SMB2
map to guest = never
load printers = no
printcap name = /dev/null
private dir = $FOLDER/private
lock directory = $FOLDER/lock
state directory = $FOLDER/state
cache directory = $FOLDER/cache
pid directory = $FOLDER
ncalrpc dir = $FOLDER/ncalrpc
END
exec nmbd --foreground --no-process-group --debug-stdout --configfile="$FOLDER/smb.conf"
