# One folder for everybody.
mkdir public
cat > rsyncd.conf <<END
[public]
path = $FOLDER/public
use chroot = no
END
exec rsync --daemon --no-detach --config="$FOLDER/rsyncd.conf" --log-file=/dev/stderr
