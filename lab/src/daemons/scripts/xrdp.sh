# A remote desktop; xrdp has no network level authentication at all.
cat > xrdp.ini <<END
[Globals]
ini_version=1
fork=true
port=tcp6://:3389
use_vsock=false
security_layer=negotiate
crypt_level=high
certificate=$CERTIFICATE
key_file=$KEY
ssl_protocols=TLSv1.2, TLSv1.3
autorun=
[Logging]
LogFile=$FOLDER/xrdp.log
LogLevel=INFO
EnableSyslog=false
EnableConsole=true
[Channels]
[Xvnc]
name=Xvnc
lib=libvnc.so
username=ask
password=ask
ip=127.0.0.1
port=-1
END
exec xrdp --nodaemon --config "$FOLDER/xrdp.ini"
