# The room in which one daemon lives: the first process of a namespace of processes, in its daemon's
# folder. It ends when its standard input does, and everything in the room with it, however far the
# daemon's children have run away and whatever became of the lab.
#
# The daemon gets a /run, a /tmp and a /var/log of its own: what it leaves there neither meets the
# machine's nor outlives it.
set -eu
umask 022
# Daemons are where an ordinary user's PATH does not look.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
hostname office
name=${PWD##*/}
mount -t tmpfs -o mode=755 run /run
mkdir /run/lab
mount --bind .. /run/lab
mount -t tmpfs -o mode=1777 tmp /tmp
mount -t tmpfs -o mode=755 log /var/log
cd "/run/lab/$name"
export FOLDER="$PWD" KEY=/run/lab/key.pem
export CERTIFICATE=/run/lab/certificate.pem EXPIRED=/run/lab/expired.pem

# The shell would give what runs beside it no input, so the lab's pipe gets a number of its own.
exec 3<&0 0</dev/null
sh -eu daemon.sh 3<&- &
daemon=$!
{ cat <&3 > /dev/null; kill -9 "$daemon"; } &
exec 3<&-
wait "$daemon"
