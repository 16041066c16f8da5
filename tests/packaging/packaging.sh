#!/usr/bin/env bash
# packaging.sh STEP SOURCE-DIR BUILD-DIR: installs into a scratch prefix and
# uses it as a stranger would.
set -euo pipefail
step=$1 build=$3
cd "$2"
scratch=$build/packaging
prefix=$scratch/prefix
consumer=tests/packaging/consumer

step_install() {
    rm -rf "$scratch"
    cmake --install "$build" --prefix "$prefix" >/dev/null
    local missing=0 path
    for path in bin/carnet bin/carnet-resolver include/carnet/passport.h \
        include/carnet/fields.def share/carnet/locale share/carnet/page \
        share/carnet/starter share/man/man1/carnet.1 \
        share/man/man8/carnet-resolver.8 share/doc/carnet/carnet.cdx.json; do
        [ -e "$prefix/$path" ] || {
            echo "not installed: $path"
            missing=1
        }
    done
    [ "$missing" = 0 ]
    # Nothing in it knows where it was built.
    if grep -rIl -- "$build" "$prefix"; then
        echo "names the build tree"
        return 1
    fi
}

# Each header stands on its own, under the strictest reading.
step_headers() {
    local header
    for header in "$prefix"/include/carnet/*.h; do
        printf '#include <carnet/%s>\n' "$(basename "$header")" |
            cc -std=c11 -Wall -Wextra -Wpedantic -Wstrict-prototypes -Werror \
                -I "$prefix/include" -fsyntax-only -x c -
    done
}

libdir() { dirname "$(find "$prefix" -name 'libcarnet.so')"; }

step_pkgconfig() {
    local flags
    flags=$(PKG_CONFIG_PATH=$(libdir)/pkgconfig \
        pkg-config --cflags --libs 'carnet >= 0.1')
    # shellcheck disable=SC2086 # a list of words
    cc -std=c11 -Wall -Werror $consumer/consumer.c $flags \
        -o "$scratch/by-pkgconfig"
    LD_LIBRARY_PATH=$(libdir) "$scratch/by-pkgconfig"
}

step_cmake() {
    cmake -S "$consumer" -B "$scratch/by-cmake" -G Ninja \
        -DCMAKE_PREFIX_PATH="$prefix" >"$scratch/by-cmake.log"
    cmake --build "$scratch/by-cmake" >>"$scratch/by-cmake.log"
    "$scratch/by-cmake/consumer"
}

# The installed tool finds its templates beside itself, and works anywhere.
step_tool() {
    rm -rf "$scratch/product"
    "$prefix/bin/carnet" new "$scratch/product" >/dev/null
    "$prefix/bin/carnet" check "$scratch/product/product.json"
    "$prefix/bin/carnet-resolver" --version
}

"step_$step"
