#!/bin/sh
# Builds the shim for each processor a compiler is found for.
#
#   build-shim.sh <folder of the C sources> <folder of the class files>
#
# Writes io/vperf/shim/linux-<processor>/libvperf-shim.so below the second folder, and
# io/vperf/shim/shims.properties, which says for each processor "present" or why it is missing.
# A missing compiler leaves a shim out and the build goes on; a compiler that refuses the sources, or
# a library with other symbols than exports.txt, ends it.
set -eu
LC_ALL=C
export LC_ALL

sources=$1
output=$2/io/vperf/shim
properties=$output/shims.properties

say() {
    echo "native shim: $*"
}

# The processor a compiler builds for, or nothing when it is not one of ours or not Linux.
target_of() {
    case $("$1" -dumpmachine 2>/dev/null || true) in
        x86_64*linux*x32) ;;
        x86_64*linux*) echo x86_64 ;;
        aarch64_be*) ;;
        aarch64*linux*) echo aarch64 ;;
    esac
}

# The first of $CC, cc, gcc, clang, and the usual cross compiler that builds for processor $1.
find_compiler() {
    for candidate in ${CC:-cc gcc clang} "$1-linux-gnu-gcc"; do
        if command -v "$candidate" >/dev/null 2>&1 && [ "$(target_of "$candidate")" = "$1" ]; then
            echo "$candidate"
            return
        fi
    done
}

check_symbols() { # library
    for tool in readelf awk; do
        if ! command -v $tool >/dev/null 2>&1; then
            say "symbols of $1 not checked: $tool is not installed"
            return
        fi
    done
    # Columns: number, value, size, type, binding, visibility, section, name. Number 0 is the empty symbol.
    symbols=$(readelf --dyn-syms --wide "$1" | awk '$1 ~ /^[0-9]+:$/ && $1 != "0:" { print $7, $8 }')
    undefined=$(echo "$symbols" | awk '$1 == "UND" { print $2 }')
    exported=$(echo "$symbols" | awk '$1 != "UND" { print $2 }' | sort)
    needed=$(readelf --dynamic --wide "$1" | awk '/\(NEEDED\)/ { print $NF }')
    if [ -n "$undefined$needed" ]; then
        say "$1 must stand alone, but needs: $undefined $needed"
        exit 1
    fi
    if [ "$exported" != "$(sort "$sources/exports.txt")" ]; then
        say "$1 exports other symbols than exports.txt:" $exported
        exit 1
    fi
}

# -fno-stack-protector: some distributions turn it on by default and it calls libc.
# -Bsymbolic: what the shim exports it calls itself without a look into a table.
# The build id is a hash of the content and no debug paths are kept: same sources, same bytes.
compile() { # compiler, library
    "$1" -std=c11 -O2 -g0 -Wall -Wextra -Werror -ffreestanding -fno-stack-protector -U_FORTIFY_SOURCE \
        -fPIC -fvisibility=hidden -nostdlib -shared -s \
        -Wl,--build-id=sha1 -Wl,-soname,libvperf-shim.so -Wl,-z,defs -Wl,-z,noexecstack -Wl,-Bsymbolic \
        -o "$2" "$sources"/vperf_*.c
}

mkdir -p "$output"
: > "$properties"
for processor in x86_64 aarch64; do
    library=$output/linux-$processor/libvperf-shim.so
    rm -f "$library"
    if [ "$(uname -s)" != Linux ]; then
        state="missing: built on $(uname -s), the shim is built on Linux"
    else
        compiler=$(find_compiler "$processor")
        if [ -n "$compiler" ]; then
            mkdir -p "$output/linux-$processor"
            compile "$compiler" "$library"
            check_symbols "$library"
            state=present
        elif [ "$(uname -m)" = "$processor" ]; then
            state="missing: no C compiler (${CC:-cc, gcc or clang}) on the build machine"
        else
            state="missing: no cross compiler $processor-linux-gnu-gcc on the build machine"
        fi
    fi
    echo "linux-$processor=$state" >> "$properties"
    say "linux-$processor: $state"
done
