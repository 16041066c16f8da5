#!/usr/bin/env bash
# demo.sh BUILD-DIR DEMO-DIR [--once]: the whole way of a passport, step by
# step, with the commands that a manufacturer would type. Ends with a resolver
# running; with --once it stops it again.
set -euo pipefail
build=$(realpath "$1")
demo=$2
once=${3:-}
[ -z "$once" ] || [ "$once" = --once ] || {
    echo "usage: demo [--once]" >&2
    exit 2
}
PATH=$build/bin:$PATH

rm -rf "$demo"
mkdir -p "$demo"
cd "$demo"
demo=$PWD
gtin=09506000134352
resolver=

stop() {
    [ -n "$resolver" ] || return 0
    kill "$resolver" 2>/dev/null || true
    wait "$resolver" 2>/dev/null || true
    resolver=
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

number=0
step() {
    number=$((number + 1))
    printf '\n%2d  %s\n' "$number" "$1"
}

# Shows a command and what it says.
run() {
    printf '    $ %s\n' "$*"
    local status=0
    "$@" >.output 2>&1 || status=$?
    sed 's/^/      /' .output
    rm -f .output
    return "$status"
}

# Edits a file with jq: edit FILE WHAT-IT-DOES [ARGUMENT…] FILTER
edit() {
    local file=$1
    printf '    (%s: %s)\n' "$file" "$2"
    shift 2
    jq "$@" "$file" >.edited
    mv .edited "$file"
}

printf 'A manufacturer of a network gateway makes its digital product passport.
Everything happens in %s.\n' "$demo"

step "A starter project: a description, keys to try things out, a trust list"
run carnet new product --gtin "$gtin"
cd product

step "The software in the gateway is this very project; its bill of materials
    was made by the build, from the sources and the libraries that it links"
cp "$build/carnet.cdx.json" .
version=$(jq -r .metadata.component.version carnet.cdx.json)
edit product.json "the gateway, its software $version, and that file" \
    --arg version "$version" '
    .identity.model_type = "Passport Gateway PG-1"
    | .identity.software_versions = [{component: "carnet",
        version: $version, affects_compliance: true}]
    | .files.sbom = "carnet.cdx.json"
    | .support.sbom_document.location = "https://docs.maker.example/pg-1/carnet.cdx.json"'
run carnet sbom carnet.cdx.json

step "Would the passport be right? The gate for every commit"
run carnet check product.json

step "Sign: from here on nobody can change a word unnoticed"
run carnet sign product.json --key keys/maker.pem -o gateway-1.dpp

step "A resolver, with public keys only: what it serves, others signed"
printf '    $ %s\n' "carnet-resolver --listen 127.0.0.1:0 --store sqlite:passports.db --trust trust.json &"
: >resolver.log # the loop below may look before the server wrote
carnet-resolver --listen 127.0.0.1:0 --store sqlite:passports.db \
    --trust trust.json >resolver.log 2>&1 &
resolver=$!
url=
for ((i = 0; i < 100; i++)); do
    url=$(sed -n 's/^listening on //p' resolver.log)
    [ -n "$url" ] && break
    kill -0 "$resolver" 2>/dev/null || break
    sleep 0.1
done
[ -n "$url" ] || {
    cat resolver.log >&2
    exit 1
}
printf '      listening on %s\n' "$url"

step "Publish: the signature is the permission, there is no password"
run carnet publish gateway-1.dpp --to "$url"

printed=$url/01/$gtin/21/SN-0001
step "A label for one unit: a QR symbol with a link and a small signed capsule"
run carnet label gateway-1.dpp --key keys/line.pem --url "$printed" -o label.png

step "Scan the picture of the label, as a phone would"
run carnet scan label.png --trust trust.json

step "Is it genuine? Offline, the capsule alone can say"
run carnet verify label.png --trust trust.json --offline

step "Online, the passport it names is fetched, verified and remembered"
run carnet verify label.png --trust trust.json --known seen.json

step "A flaw was found and fixed: the next version of the software"
next=${version%.*}.$((${version##*.} + 1))
edit carnet.cdx.json "that of the build of $next" --arg version "$next" '
    .version += 1 | .metadata.component.version = $version'
edit product.json "software $next, and what it fixed" --arg version "$next" '
    .identity.software_versions[0].version = $version
    | .support.security_updates = [{version: $version,
        issued: (now | strftime("%Y-%m-%d")), severity: "high", free: true,
        fixes: ["PG-1-1: an overlong request header could stop the gateway"],
        advisory_url: "https://maker.example/security/pg-1-1"}]'
run carnet sign product.json --key keys/maker.pem --after gateway-1.dpp \
    -o gateway-2.dpp
run carnet diff gateway-1.dpp gateway-2.dpp
run carnet publish gateway-2.dpp --to "$url"

step "The label that was printed before: genuine, and the passport is the new one"
run carnet verify label.png --trust trust.json --known seen.json

step "What an attacker would try: another address for the same capsule"
text=$(carnet scan label.png --format json | jq -r '.[0].text')
forged=${text/SN-0001/SN-6666}
printf '    $ %s\n' "carnet verify '${forged:0:60}…' --trust trust.json --offline"
status=0
carnet verify "$forged" --trust trust.json --offline >.output 2>&1 || status=$?
sed 's/^/      /' .output
rm -f .output
[ "$status" = 1 ] || {
    echo "the forged label was not refused (status $status)" >&2
    exit 1
}

mv -- *.dpp label.png "$demo"
printf '\nLeft in %s: gateway-1.dpp, gateway-2.dpp, label.png, product/\n' "$demo"
if [ -n "$once" ]; then
    stop
    printf 'The resolver has ended.\n'
else
    printf '\nOpen %s\nCtrl-C ends the resolver.\n' "$printed#${text#*#}"
    wait "$resolver"
fi
