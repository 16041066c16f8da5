#!/bin/sh
# self.sh RUNNER DIR: the runner counts, and tells a wrong expectation.
set -eu
runner=$1 dir=$2

rm -rf "$dir"
mkdir -p "$dir/base10" "$dir/cbor" "$dir/cose" "$dir/attacks" "$dir/empty"

# expect STATUS LAST-LINE KIND FOLDER
expect() {
    status=0
    out=$("$runner" "$3" "$4" 2>/dev/null) || status=$?
    last=$(printf '%s\n' "$out" | tail -n 1)
    if [ "$status" -ne "$1" ] || [ "$last" != "$2" ]; then
        echo "$3 $4: status $status, \"$last\"; expected $1, \"$2\""
        exit 1
    fi
}

cat >"$dir/base10/a.json" <<'JSON'
{ "valid": [ { "bytes": "ff", "digits": "255" } ],
  "invalid": [ { "digits": "256", "why": "too high" },
               { "digits": "25\u0000", "why": "a NUL" } ] }
JSON
expect 0 '4 passed, 0 failed' base10 "$dir/base10"
cat >"$dir/base10/b.json" <<'JSON'
{ "valid": [ { "bytes": "ff", "digits": "254" } ],
  "invalid": [ { "digits": "255", "why": "a lie" } ] }
JSON
expect 1 '4 passed, 3 failed' base10 "$dir/base10"

mkdir -p "$dir/links"
cat >"$dir/links/a.json" <<'JSON'
{ "vectors": [
  { "id": "a", "uri": "https://a/01/09506000134352/", "resolver_expected":
    "resolve", "key": { "ai": "01", "value": "09506000134352" } },
  { "id": "b", "uri": "https://a/01/09506000134353", "resolver_expected": "400" },
  { "id": "c", "uri": "https://a/01/09506000134352", "resolver_expected": "400" },
  { "id": "d", "uri": "https://a/01/1", "resolver_expected": "resolve" },
  { "id": "e", "uri": "https://a/01/1", "resolver_expected": "policy" },
  { "id": "f", "uri": "https://a/01/09506000134352", "resolver_expected":
    "resolve", "canonical_uri": "https://id.gs1.org/01/1" },
  { "id": "g", "uri": "https://a/01/09506000134352/21/S", "resolver_expected":
    "resolve", "key": { "ai": "01", "value": "09506000134352" } },
  { "id": "h", "uri": "http://", "engine_valid": false, "resolver_expected":
    "n/a (authority)" } ] }
JSON
echo '{}' >"$dir/links/b.json"
expect 1 '4 passed, 4 failed' gs1-links "$dir/links"

cat >"$dir/cbor/a.json" <<'JSON'
[ { "hex": "00", "roundtrip": true }, { "hex": "1800", "roundtrip": false },
  { "hex": "f818", "roundtrip": true } ]
JSON
cat >"$dir/cbor/b.json" <<'JSON'
{ "good": [ "00", "1800" ], "bad": [ { "hex": "01", "why": "a lie" } ] }
JSON
expect 1 '4 passed, 2 failed' cbor "$dir/cbor"

cat >"$dir/attacks/a.json" <<'JSON'
{ "trusted_keys": [], "vectors": [
  { "id": "a", "cose": "d2", "strict": "reject", "why": "short" },
  { "id": "b", "cose": "d2", "strict": "accept", "why": "a lie" },
  { "id": "c", "cose": "d2", "strict": "policy", "why": "either" } ] }
JSON
expect 1 '2 passed, 1 failed' attacks "$dir/attacks"

echo '{}' >"$dir/cose/a.json"
expect 2 '' gluecose "$dir/cose"
echo '[ { "file": "cose/b.json" } ]' >"$dir/EXPECT_cose.json"
expect 1 '0 passed, 1 failed' gluecose "$dir/cose"
expect 1 '0 passed, 1 failed' cose-wg "$dir/cose"
expect 1 '0 passed, 1 failed' wycheproof "$dir/cose"
echo 'no JSON' >"$dir/cose/a.json"
expect 1 '0 passed, 1 failed' cbor "$dir/cose"

expect 2 '0 passed, 0 failed' cbor "$dir/empty"
expect 2 '' cbor "$dir/none"
expect 2 '' unknown "$dir/cbor"
status=0
"$runner" cbor 2>/dev/null || status=$?
[ "$status" -eq 2 ]
