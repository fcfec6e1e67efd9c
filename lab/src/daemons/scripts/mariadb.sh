# Wants a name and a password from everybody in the network. Somebody must be allowed in from there,
# or it turns everybody away before it says what it is. Debian's own way to make the tables needs
# the client's package; the tables alone do not.
cat > first.sql <<END
CREATE USER klinke@'%' IDENTIFIED BY 'klinke';
END
mkdir data
mariadb() {
    mariadbd --no-defaults --user=root --datadir="$FOLDER/data" --skip-name-resolve "$@"
}
{
    # It takes one statement a line.
    printf "%s;\n" "CREATE DATABASE mysql" "USE mysql" "SET @auth_root_socket=NULL"
    cat /usr/share/mysql/mysql_system_tables.sql /usr/share/mysql/mysql_system_tables_data.sql
} | mariadb --bootstrap
exec mariadbd --no-defaults --user=root --datadir="$FOLDER/data" --skip-name-resolve \
    --socket="$FOLDER/socket" --pid-file="$FOLDER/pid" --bind-address='*' \
    --init-file="$FOLDER/first.sql"
