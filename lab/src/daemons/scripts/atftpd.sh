# An empty folder for everybody. It listens in one family only.
mkdir public
exec atftpd --daemon --no-fork --user nobody.nogroup --logfile - "$FOLDER/public"
