# Everybody may publish and subscribe.
cat > mosquitto.conf <<END
user root
listener 1883
allow_anonymous true
persistence false
END
exec mosquitto -c "$FOLDER/mosquitto.conf"
