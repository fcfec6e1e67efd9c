# Wants a name and a password from everybody in the network. It refuses to run as root.
chown postgres: .
programs=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
as_postgres() {
    setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
}
as_postgres "$programs/initdb" --no-sync --no-instructions --auth-local=trust \
    --auth-host=scram-sha-256 --pgdata="$FOLDER/data"
printf 'host all all all scram-sha-256\n' >> data/pg_hba.conf
exec setpriv --reuid=postgres --regid=postgres --clear-groups \
    "$programs/postgres" -D "$FOLDER/data" -k "$FOLDER" -h '*' -F
