# A screen over VNC for everybody, and its windows over X11. X11 has to listen somewhere anyway.
exec Xtigervnc :1 -rfbport 5901 -SecurityTypes None -geometry 320x240 -depth 16 -listen tcp \
    -nolisten unix -nolisten local -ac
