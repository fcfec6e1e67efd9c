# Makes a key and two certificates for it, both signed by nobody else: one that is valid for two
# days, and one that has expired. Only `openssl ca` in Debian's OpenSSL can date a certificate back.
set -eu
openssl ecparam -name prime256v1 -genkey -noout -out key.pem
openssl req -x509 -new -key key.pem -subj /CN=office.test -days 2 -out certificate.pem
openssl req -new -key key.pem -subj /CN=expired.test -out expired.csr
: > index.txt
cat > ca.cnf <<END
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
END
openssl ca -config ca.cnf -batch -selfsign -notext -keyfile key.pem -in expired.csr \
    -startdate 20200101000000Z -enddate 20210101000000Z -out expired.pem
# Some daemons read them after giving up root; nothing here is a secret.
chmod 644 ./*.pem
