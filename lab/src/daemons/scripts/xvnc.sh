# A screen over VNC with a password, and its windows over X11 for everybody (-ac).
# Any eight bytes are a password, of which VNC keeps only an obfuscated form.
printf "abcdefgh" > passwd
exec Xtigervnc :0 -rfbport 5900 -SecurityTypes VncAuth -PasswordFile "$FOLDER/passwd" \
    -geometry 320x240 -depth 16 -listen tcp -nolisten unix -nolisten local -ac
