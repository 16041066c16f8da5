#!/usr/bin/env bash
# house.sh RULE SOURCE-DIR BUILD-DIR: one rule of the house (ARCHITECTURE.md),
# held by a machine. Prints what breaks it.
set -uo pipefail
rule=$1 build=$3
cd "$2" || exit 1
bad=0

fault() {
    printf '%s\n' "$*"
    bad=1
}

sources() { find "$@" -name '*.[ch]' | sort; }

# includes REGEX DIR…: lines that include a header that matches
includes() {
    local regex=$1
    shift
    sources "$@" | xargs grep -nE "^#[[:space:]]*include[[:space:]]+$regex"
}

# A foreign library's header only in the rooms that are named after it.
rule_headers() {
    local header rooms found
    while read -r header rooms; do
        found=$(includes "<$header" include passport resolver)
        for room in $rooms; do
            found=$(grep -v "^$room/" <<<"$found")
        done
        [ -z "$found" ] || fault "outside $rooms: $found"
    done <<'TABLE'
cbor\.h passport/seal
openssl/ passport/seal
qrencode\.h passport/carrier
zbar passport/carrier
jpeglib\.h passport/carrier
png\.h passport/carrier passport/label
curl/ passport/net
expat\.h passport/sbom
libxml passport/sbom
microhttpd\.h resolver/http
sqlite3\.h resolver/store
libpq resolver/store
TABLE
}

# include/ ◄─ passport/ ◄─ resolver/: no way back, and the tool is the first
# user of the public headers.
rule_direction() {
    local found
    found=$(includes '"[^"]*resolver/' include passport)
    [ -z "$found" ] || fault "passport looks into the resolver: $found"
    found=$(includes '"[^"]*passport/' include resolver)
    [ -z "$found" ] || fault "the resolver looks into passport: $found"
    found=$(includes '"' include)
    [ -z "$found" ] || fault "a public header includes a private one: $found"
    found=$(includes '"[^"]*/' passport/tool)
    [ -z "$found" ] || fault "the tool looks into a room: $found"
}

# A private time.h would shadow the system's.
rule_include_path() {
    local found
    found=$(grep -oE -- "-I *[^ ]*/(passport|resolver)(/[a-z/]*)? " \
        "$build"/compile_commands.json | sort -u)
    [ -z "$found" ] || fault "on the include path: $found"
}

# The build lists what is compiled; nothing is collected by pattern.
rule_no_glob() {
    local found
    found=$(find . -path ./build -prune -o -path '*/node_modules' -prune -o \
        \( -name CMakeLists.txt -o -name '*.cmake' \) -exec \
        grep -nE '^[^#]*file\((GLOB|GLOB_RECURSE)' {} +)
    [ -z "$found" ] || fault "$found"
}

objects() { tr ';' '\n' <"$build/objects.txt" | grep -E '\.o$'; }

# Nothing of ours is written to after the start, except what a signal must
# reach. Constants that hold pointers live in .data.rel.ro, which is sealed.
rule_no_globals() {
    local found
    found=$(objects | xargs objdump -t | awk '
        /^[^ ]+: +file format/ { file = $1 }
        $NF !~ /^\./ && /[ \t]\.(data|bss|tdata|tbss|data\.rel|data\.rel\.local)\t/ \
            { print file, $NF }' |
        grep -vE '/resolver/(CMakeFiles/carnet-resolver.dir/)?main\.c\.o: rs_signalled')
    [ -z "$found" ] || fault "mutable globals:" "$found"
}

# What the library exports is what its headers promise, no more and no less.
rule_exports() {
    local promised exported
    promised=$(cd include && printf '#include <%s>\n' carnet/*.h |
        cc -std=c11 -D_POSIX_C_SOURCE=200809L -E -P -I. -I"$build/include" - |
        tr '\n' ' ' | sed 's/__attribute__((warn_unused_result))//g' |
        grep -oE '__attribute__\(\(visibility\("default"\)\)\) [^;{]*;' |
        sed -E 's/^__attribute__\(\(visibility[^ ]* //' |
        sed -E 's/__attribute__ *\(\(.*//; s/\[\] *;//; s/ *;$//' |
        sed -E 's/^([^(]*[ *])?(cn_[a-z0-9_]+)( *\(.*)?$/\2/' | sort -u)
    exported=$(nm -D --defined-only "$build"/passport/libcarnet.so |
        awk '{ print $NF }' | sort -u)
    diff <(printf '%s\n' "$promised") <(printf '%s\n' "$exported") ||
        fault "(<: promised in a header only, >: exported only)"
}

# The resolver has public keys only.
rule_no_signing() {
    local found
    found=$(objects | grep /resolver/ | xargs -r nm -u |
        grep -oE '\bcn_(key_|signer_|passport_seal|capsule_seal|build_)[a-z_]*')
    [ -z "$found" ] || fault "the resolver can sign: $found"
}

# Functions that no bound or no thread can hold. The tool looks into the
# environment in one file, which names no secret.
rule_banned() {
    local found
    found=$(objects | xargs nm -uA | grep -E ' (strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|rand|srand|system|popen|tmpnam|tempnam|mktemp|localtime|gmtime|asctime|ctime|strncpy|strncat|alloca|setlocale|getenv|setenv|putenv)$' |
        grep -vE '/tool/[^:]*environment\.c\.o: .* getenv$')
    [ -z "$found" ] || fault "banned: $found"
}

# Each function of a foreign library that we call fails once in the tests, or
# stands in the list of those that cannot fail.
rule_faults() {
    local known found own
    own=$(objects | xargs nm --defined-only | awk 'NF == 3 { print $3 }' | sort -u)
    known=$({
        grep -oE '^FOREIGN[_A-Z]*\([A-Za-z0-9_]+' tests/unit/faults/foreign.def |
            sed 's/.*(//'
        cat tests/unit/faults/cannot-fail.txt
    } | sort -u)
    found=$(objects | xargs nm -u | awk '$1 == "U" { print $2 }' | sort -u |
        comm -23 - <(printf '%s\n' "$own") | comm -23 - <(printf '%s\n' "$known"))
    [ -z "$found" ] || fault "no fault is injected into: $found"
}

# A file beyond 700 lines is two rooms.
rule_sizes() {
    local found
    found=$(sources include passport resolver tests/unit | xargs wc -l |
        awk '$2 != "total" && $1 > 700')
    [ -z "$found" ] || fault "too long: $found"
}

"rule_${rule//-/_}"
exit "$bad"
