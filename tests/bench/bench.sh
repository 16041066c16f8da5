#!/usr/bin/env bash
# bench.sh BUILD-DIR: every figure is a ratio of two things measured in turns in
# this one run, the median of the rounds, with the least and the greatest.
set -euo pipefail
build=$(realpath "$1")
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
rounds=${BENCH_ROUNDS:-5}
core=$build/tests/bench/bench_core
bad=0

# ratios NAME TARGET: reads lines "ours theirs" and prints a row of the table.
ratios() {
    awk -v name="$1" -v target="$2" '
        NF == 2 { n++; ours[n] = $1; theirs[n] = $2; ratio[n] = $1 / $2 }
        function median(list, n, i, j, t) {
            for (i = 1; i <= n; i++)
                for (j = i + 1; j <= n; j++)
                    if (list[j] < list[i]) {
                        t = list[i]; list[i] = list[j]; list[j] = t
                    }
            return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
        }
        END {
            if (n == 0)
                exit 1
            m = median(ratio, n)
            verdict = target == "-" ? "" : (m >= target ? "met" : "MISSED")
            printf "%-34s %10.0f %10.0f   %5.2f (%.2f–%.2f)   %6s  %s\n", name,
                median(ours, n), median(theirs, n), m, ratio[1], ratio[n],
                target, verdict
            exit target != "-" && m < target
        }' || bad=1
}

# speed ALGORITHM: what openssl does in a second: "sign verify"
speed() {
    openssl speed -mr -seconds 1 "$1" 2>/dev/null | awk -F: '
        /^\+F4/ { print $4, $5 } /^\+F6/ { print $5, $6 }'
}

# signatures ALGORITHM OPENSSL-NAME
signatures() {
    local signs="" verifies="" theirs
    for ((i = 0; i < rounds; i++)); do
        theirs=$(speed "$2")
        signs+="$("$core" sign "$1" 1) ${theirs% *}"$'\n'
        verifies+="$("$core" verify "$1" 1) ${theirs#* }"$'\n'
    done
    printf %s "$signs" | ratios "sign $1 / openssl speed" 0.8
    printf %s "$verifies" | ratios "verify $1 / openssl speed" 0.8
}

labels() {
    local rows=""
    for ((i = 0; i < rounds; i++)); do
        rows+="$("$core" label ESP256 1) $("$core" bare ESP256 1)"$'\n'
    done
    printf %s "$rows" | ratios "label / libqrencode + libpng" 0.8
}

printf '%-34s %10s %10s   %-19s   %6s\n' "operations per second" ours theirs \
    "ratio (least–most)" target
signatures ESP256 ecdsap256
signatures Ed25519 ed25519
labels
for what in scan page; do
    "$here"/scan.sh "$build" "$rounds" "$what" |
        ratios "$what / nginx, a file of that size" -
done
exit "$bad"
