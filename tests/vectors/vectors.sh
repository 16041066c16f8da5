#!/bin/sh
# vectors.sh RUNNER KIND FOLDER: runs the vectors of a folder of CARNET_SHARED,
# by default ../shared beside the project; 77 (skipped) where it is not there.
set -eu
shared=${CARNET_SHARED:-$(dirname "$0")/../../../shared}
if [ ! -d "$shared/$3" ]; then
    echo "skipped: $3 is not in $shared (CARNET_SHARED)"
    exit 77
fi
exec "$1" "$2" "$shared/$3"
