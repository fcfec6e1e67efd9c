# A directory that says to everybody what it is, as it comes.
mkdir data
cat > slapd.conf <<END
include /etc/ldap/schema/core.schema
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix dc=office,dc=test
directory $FOLDER/data
END
exec slapd -d stats -h ldap:// -f "$FOLDER/slapd.conf"
