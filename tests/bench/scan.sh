#!/usr/bin/env bash
# scan.sh BUILD-DIR ROUNDS WHAT: requests a second of carnet-resolver and of
# nginx serving a static file with as many bytes, in turns, each on one core,
# the load on another. WHAT: scan (the 307 of a label) or page. Prints
# "ours theirs" for each round.
set -euo pipefail
build=$(realpath "$1")
rounds=$2
what=$3
work=$(mktemp -d)
resolver=
nginx=
stop() {
    for pid in $resolver $nginx; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap stop EXIT
chmod 755 "$work"
cd "$work"

# Server and load do not share a core where there are two.
server_core=0
load_core=$(($(nproc) > 1 ? 1 : 0))

"$build/bin/carnet" new product >/dev/null
"$build/bin/carnet" sign product/product.json --key product/keys/maker.pem \
    -o p.dpp >/dev/null
taskset -c "$server_core" "$build/bin/carnet-resolver" \
    --listen 127.0.0.1:0 --store sqlite:p.db --trust product/trust.json \
    >log 2>&1 &
resolver=$!
for ((i = 0; i < 100; i++)); do
    url=$(sed -n 's/^listening on //p' log)
    [ -z "$url" ] || break
    sleep 0.1
done
curl -sSf -o /dev/null -H 'Content-Type: application/vnd.carnet+cose' \
    --data-binary @p.dpp "$url/v1/dpps"

case $what in
scan) path=/01/09506000134352/21/SN-0001 ;;
page) path=/dpp/01/09506000134352 ;;
*) exit 2 ;;
esac
accept='Accept: text/html,*/*;q=0.8'

# As many bytes as our whole answer, less nginx's own header.
curl -sS -D head.out -o body.out -H "$accept" "$url$path"
bytes=$(($(wc -c <head.out) + $(wc -c <body.out) - 240))
mkdir www
head -c $((bytes > 1 ? bytes : 1)) /dev/zero | tr '\0' x >www/file.html
port=$(awk 'BEGIN { srand(); print 20000 + int(rand() * 20000) }')
cat >nginx.conf <<CONF
daemon off;
user $(id -un);
worker_processes 1;
pid nginx.pid;
error_log nginx.log;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    types { text/html html; }
    client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
    uwsgi_temp_path tmp; scgi_temp_path tmp;
    keepalive_requests 1000000;
    open_file_cache max=16;
    server { listen 127.0.0.1:$port; root www; }
}
CONF
mkdir tmp
taskset -c "$server_core" nginx -p "$work/" -c nginx.conf 2>/dev/null &
nginx=$!
sleep 0.5
curl -sSf -o /dev/null "http://127.0.0.1:$port/file.html"

load() {
    taskset -c "$load_core" wrk -t1 -c64 -d3s -H "$accept" "$1" |
        awk '/^Requests\/sec:/ { print $2 } /Non-2xx|errors/ { print > "/dev/stderr" }'
}
load "$url$path" >/dev/null
for ((i = 0; i < rounds; i++)); do
    printf '%s %s\n' "$(load "$url$path")" \
        "$(load "http://127.0.0.1:$port/file.html")"
done
