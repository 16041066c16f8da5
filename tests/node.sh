#!/bin/sh
# node.sh FILE: a test for node's own runner; skipped (77) where node or the
# packages of tests/package.json are missing.
command -v node >/dev/null || exit 77
[ -d "$(dirname "$0")/node_modules" ] || exit 77
exec node --test "$1"
