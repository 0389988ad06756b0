#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a throw-away certificate authority and server certificates in the folder
# given: ca.pem, and good, expired, notyet, wronghost, unknownca, selfsigned .pem
# (certificate and key in one file). Nothing of it is ever kept.
set -eu
folder=$1
mkdir -p "$folder"
cd "$folder"
umask 077

key () { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null || openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }

authority () { # name, subject
  key "$1"
  openssl req -x509 -new -key "$1.key" -subj "/CN=$2" -days 3650 -addext basicConstraints=critical,CA:TRUE \
    -addext keyUsage=critical,keyCertSign,cRLSign -out "$1.pem" 2>/dev/null
}

leaf () { # name, names, start, end, authority
  key "$1"
  openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.csr" 2>/dev/null
  : > index.txt
  cat > "$1.cnf" <<CNF
[ca]
default_ca = d
[d]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = p
unique_subject = no
x509_extensions = x
[p]
commonName = supplied
[x]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = $2
CNF
  openssl ca -batch -notext -config "$1.cnf" -cert "$5.pem" -keyfile "$5.key" -startdate "$3" -enddate "$4" -in "$1.csr" \
    -out "$1.crt" 2>/dev/null
  cat "$1.crt" "$1.key" > "$1.pem"
}

here='DNS:localhost,DNS:mail.test,IP:127.0.0.1'
authority ca 'Afterword test authority'
authority other 'Somebody else'
leaf good "$here" 20200101000000Z 20991231235959Z ca
leaf expired "$here" 20200101000000Z 20200201000000Z ca
leaf notyet "$here" 20980101000000Z 20991231235959Z ca
leaf wronghost 'DNS:elsewhere.test' 20200101000000Z 20991231235959Z ca
leaf unknownca "$here" 20200101000000Z 20991231235959Z other
key selfsigned
openssl req -x509 -new -key selfsigned.key -subj /CN=localhost -days 3650 -addext "subjectAltName=$here" -out selfsigned.crt 2>/dev/null
cat selfsigned.crt selfsigned.key > selfsigned.pem
rm -f ./*.csr ./*.cnf ./*.crt index.txt* [0-9A-F]*.pem 2>/dev/null || true
