#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a throw-away certificate authority and leaves of it for tests:
#   mkcerts.sh DIR
# ca.pem; good.pem expired.pem notyet.pem wronghost.pem (key and certificate in
# one), unknownca.pem (by an authority nobody knows), selfsigned.pem.
set -eu
dir=$1
mkdir -p "$dir/db"
cd "$dir"
umask 077
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" 2>/dev/null; }
authority() { # NAME COMMON-NAME
  key "$1"
  openssl req -x509 -new -key "$1.key" -sha256 -days 3650 -subj "/CN=$2" -out "$1.pem" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
}
leaf() { # NAME AUTHORITY START END HOSTS
  key "$1"
  : >"db/index-$1.txt"
  cat >"db/$1.cnf" <<CONF
[ca]
default_ca = a
[a]
database = db/index-$1.txt
new_certs_dir = db
rand_serial = yes
default_md = sha256
policy = p
x509_extensions = e
unique_subject = no
[p]
commonName = supplied
[e]
basicConstraints = CA:FALSE
subjectAltName = $5
CONF
  openssl req -new -key "$1.key" -subj "/CN=$1" -out "db/$1.csr" 2>/dev/null
  openssl ca -batch -notext -config "db/$1.cnf" -cert "$2.pem" -keyfile "$2.key" -startdate "$3" -enddate "$4" \
    -in "db/$1.csr" -out "db/$1.crt" 2>/dev/null
  cat "$1.key" "db/$1.crt" >"$1.pem"
}
here=DNS:localhost,DNS:mail.test,IP:127.0.0.1
authority ca "Afterword test authority"
authority other "An authority that nobody knows"
leaf good ca 20200101000000Z 20480101000000Z "$here"
leaf expired ca 20200101000000Z 20210101000000Z "$here"
leaf notyet ca 20470101000000Z 20480101000000Z "$here"
leaf wronghost ca 20200101000000Z 20480101000000Z DNS:elsewhere.test
leaf unknownca other 20200101000000Z 20480101000000Z "$here"
key self
openssl req -x509 -new -key self.key -sha256 -days 3650 -subj /CN=localhost -addext "subjectAltName=$here" -out self.crt 2>/dev/null
cat self.key self.crt >selfsigned.pem
