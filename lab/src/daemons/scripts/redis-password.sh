# Wants a password.
exec redis-server --bind '*' '-::*' --port 6380 --requirepass klinke --save '' --dir "$FOLDER"
