#!/bin/sh
# Compiles one C test with the shim's sources and runs it.
#
#   run-c-test.sh <plain|sanitized|aarch64> <test: version, cpuid, tsc, thread, page, counters or pmc_raw> <output folder>
#
# Run in the module's folder. Ends with 0, or with 77 when it cannot be tried here and the last line
# says why; anything else is a failure.
set -eu

variant=$1
test=$2
output=$3
program=$output/test_$test-$variant

skip() {
    echo "$*"
    exit 77
}

found() {
    command -v "$1" >/dev/null 2>&1
}

first_of() {
    for candidate in "$@"; do
        if found "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

compile() { # compiler, options...
    "$@" -std=c11 -O2 -g -Wall -Wextra -Werror -pthread -Isrc/main/c -o "$program" \
        "src/test/c/test_$test.c" src/main/c/vperf_*.c
}

links() { # compiler, options...: whether it has the headers and libraries a test needs
    printf '#include <pthread.h>\nint main(void) { return 0; }\n' | "$@" -x c -o "$program.probe" - 2>/dev/null
}

[ "$(uname -s)" = Linux ] || skip "not Linux but $(uname -s)"
mkdir -p "$output"
compiler=$(first_of ${CC:-cc gcc clang})
case $variant in
    plain)
        [ -n "$compiler" ] || skip "no C compiler"
        links "$compiler" || skip "$compiler has no C library to compile against (package libc6-dev or musl-dev)"
        compile "$compiler"
        "$program"
        ;;
    sanitized)
        [ -n "$compiler" ] || skip "no C compiler"
        sanitizers=-fsanitize=address,undefined
        links "$compiler" $sanitizers || skip "$compiler has no sanitizer libraries (libasan, libubsan)"
        compile "$compiler" $sanitizers -fno-sanitize-recover=all
        # Leaks are not looked for: nothing allocates, and the leak check fails under ptrace.
        ASAN_OPTIONS=detect_leaks=0 "$program"
        ;;
    aarch64)
        if [ "$(uname -m)" = aarch64 ]; then
            skip "this machine is aarch64: the plain variant has tried it"
        fi
        found aarch64-linux-gnu-gcc || skip "no cross compiler aarch64-linux-gnu-gcc"
        qemu=$(first_of qemu-aarch64 qemu-aarch64-static)
        [ -n "$qemu" ] || skip "no qemu-aarch64 or qemu-aarch64-static (package qemu-user-static)"
        links aarch64-linux-gnu-gcc -static || skip "no libc for aarch64 (package libc6-dev-arm64-cross)"
        compile aarch64-linux-gnu-gcc -static
        "$qemu" "$program"
        ;;
    *)
        echo "unknown variant $variant"
        exit 2
        ;;
esac
