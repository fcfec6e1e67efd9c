# An empty folder for everybody.
mkdir public
exec in.tftpd --listen --foreground --user tftp --secure "$FOLDER/public"
