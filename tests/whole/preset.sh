#!/usr/bin/env bash
# preset.sh PRESET [REGEX]: builds a preset; runs its tests that match.
set -euo pipefail
preset=$1
jobs=$(nproc)
unset MAKEFLAGS CFLAGS LDFLAGS

cmake --preset "$preset" >build/"$preset".log 2>&1 || {
    tail -n 40 build/"$preset".log
    exit 1
}
cmake --build --preset "$preset" -j "$jobs" >>build/"$preset".log 2>&1 || {
    grep -E 'error|warning|FAILED|undefined' build/"$preset".log | head -n 40
    exit 1
}
[ $# -gt 1 ] || exit 0

# Halt on the first report; leaks are reports.
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1
export LSAN_OPTIONS=print_suppressions=0:suppressions=$PWD/tests/whole/lsan.supp
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
ctest --test-dir build/"$preset" -j "$jobs" --output-on-failure \
    --no-tests=error -R "$2"
