# A print server without a printer.
mkdir root cache state spool temp
cat > cups-files.conf <<END
ServerRoot $FOLDER/root
CacheDir $FOLDER/cache
StateDir $FOLDER/state
RequestRoot $FOLDER/spool
TempDir $FOLDER/temp
AccessLog stderr
ErrorLog stderr
PageLog stderr
CreateSelfSignedCerts no
END
cat > cupsd.conf <<END
Port 631
ServerAlias *
Browsing No
DefaultEncryption Never
<Location />
    Order allow,deny
    Allow all
</Location>
END
exec cupsd -f -c "$FOLDER/cupsd.conf" -s "$FOLDER/cups-files.conf"
