#!/usr/bin/env bash
# readme.sh SOURCE-DIR BUILD-DIR: runs the commands of README.md, one after the
# other, in a folder of their own. Those that build everything (./run, cmake)
# are tests of their own: here only their names are checked.
set -euo pipefail
source_dir=$1
build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PATH="$build/bin:$PATH"
count=0

while IFS= read -r line; do
    count=$((count + 1))
    case $line in
    './run '*)
        word=${line#./run }
        grep -qE "^  ${word%% *}\b" <<<"$("$source_dir/run" help)" ||
            { echo "run knows no ${word%% *}"; exit 1; }
        ;;
    'cmake '*)
        preset=$(sed -n 's/.*--preset \([a-z]*\).*/\1/p' <<<"$line")
        [ -z "$preset" ] || grep -q "\"$preset\"" "$source_dir/CMakePresets.json" ||
            { echo "no preset $preset"; exit 1; }
        ;;
    *)
        printf '$ %s\n' "$line"
        eval "$line" </dev/null
        ;;
    esac
done < <(awk '/^```sh$/ { on = 1; next } /^```/ { on = 0 } on' "$source_dir/README.md")
[ "$count" -ge 12 ]

# Every file that it points to is there.
grep -oE '\]\([^)#:]+\)' "$source_dir/README.md" | tr -d '()]' | while read -r path; do
    [ -e "$source_dir/$path" ] || { echo "README.md points to $path"; exit 1; }
done
