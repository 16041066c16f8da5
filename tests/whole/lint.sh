#!/usr/bin/env bash
# Everything that machines can say about the text: format, clang-tidy,
# cppcheck, manual pages, shell scripts.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
jobs=$(nproc)
bad=0

step() {
    local name=$1
    shift
    if "$@"; then
        printf 'lint: %s: good\n' "$name"
    else
        printf 'lint: %s: FAILED\n' "$name"
        bad=1
    fi
}

files() { # files DIR… -- PATTERN…
    local dirs=()
    while [ "$1" != -- ]; do
        dirs+=("$1")
        shift
    done
    shift
    local expr=(-name "$1")
    shift
    for pattern; do expr+=(-o -name "$pattern"); done
    find "${dirs[@]}" -name node_modules -prune -o -type f \
        \( "${expr[@]}" \) -print | sort
}

format() {
    files include passport resolver tests -- '*.c' '*.h' |
        xargs clang-format --dry-run -Werror
}

tidy() {
    # gcc's flags are not clang's: the clang preset has the right ones.
    cmake --preset clang >/dev/null || return 1
    files passport resolver -- '*.c' |
        xargs -P "$jobs" -n 4 clang-tidy -p build/clang --quiet \
            >build/tidy.log 2>&1 && return 0
    grep -E ': (error|warning): ' build/tidy.log | sort -u
    return 1
}

check() {
    cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr \
        --enable=warning,performance,portability -j "$jobs" \
        --suppress=missingIncludeSystem -I include \
        -I build/clang/include -D_POSIX_C_SOURCE=200809L \
        passport resolver
}

manuals() {
    files passport resolver -- '*.[1-8]' | xargs -r mandoc -T lint -W warning
}

shells() {
    { files tests -- '*.sh' && printf '%s\n' run .ci/run; } | xargs shellcheck -S warning
}

step format format
# The two analysers take minutes: `./run lint` asks them, `./run test` does not.
if [ "${1:-}" != quick ]; then
    step clang-tidy tidy
    step cppcheck check
fi
step manuals manuals
step shell shells
exit "$bad"
