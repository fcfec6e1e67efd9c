# No password: whoever gets here reads and writes.
exec redis-server --bind '*' '-::*' --port 6379 --protected-mode no --save '' --dir "$FOLDER"
