#!/usr/bin/env bash
# fuzz.sh BUILD-DIR SECONDS [NAME…]: runs every harness for that long, from the
# committed corpus and regressions; new finds stay in the build tree.
set -euo pipefail
build=$(realpath "$1") seconds=$2
shift 2
cd "$(dirname "${BASH_SOURCE[0]}")"
bad=0

for program in "$build"/tests/fuzz/fuzz_*; do
    name=${program##*/fuzz_}
    [ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
    found=$build/fuzz/$name
    mkdir -p "$found/corpus" "$found/crashes"
    inputs=("$found/corpus")
    for dir in corpus/"$name" regressions/"$name"; do
        [ -d "$dir" ] && inputs+=("$dir")
    done
    options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048
        -artifact_prefix="$found/crashes/" -print_final_stats=1)
    [ -f "dict/$name" ] && options+=(-dict="dict/$name")
    if "$program" "${options[@]}" "${inputs[@]}" >"$found/log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$found/log")
        printf 'fuzz %-12s %10s runs, clean\n' "$name" "$runs"
    else
        printf 'fuzz %-12s FAILED, see %s\n' "$name" "$found/log"
        tail -n 30 "$found/log"
        bad=1
    fi
done
exit "$bad"
