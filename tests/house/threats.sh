#!/usr/bin/env bash
# threats.sh SOURCE-DIR BUILD-DIR: every test that THREATS.md names is there:
# `NAME: CASE`, NAME known to ctest, CASE standing in the file behind it.
set -euo pipefail
cd "$1"
build=$2
bad=0
count=0

known=$(ctest --test-dir "$build" -N | sed -n 's/^ *Test *#[0-9]*: //p')

file_of() {
    local kind=${1%%.*} name=${1#*.}
    case $kind in
    unit) echo "tests/unit/test_$name.c" ;;
    faults) echo "tests/unit/faults/faults_$name.c" ;;
    fuzz) echo "tests/fuzz/fuzz_$name.c" ;;
    house) echo tests/house/house.sh ;;
    *) echo "tests/$kind/$name.test.mjs" ;;
    esac
}

while IFS= read -r named; do
    test=${named%%: *} case=${named#*: }
    count=$((count + 1))
    file=$(file_of "$test")
    if ! grep -qxF "$test" <<<"$known"; then
        echo "ctest knows no $test"
        bad=1
    elif ! grep -qF -- "$case" "$file"; then
        echo "$file has no \"$case\""
        bad=1
    fi
done < <(grep '^|' THREATS.md | grep -oE '`[a-z]+\.[a-z_-]+: [^`]+`' | tr -d '`')

[ "$count" -ge 30 ] || {
    echo "only $count tests are named"
    bad=1
}
exit "$bad"
