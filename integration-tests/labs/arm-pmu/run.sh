#!/usr/bin/env bash
# Builds vperf's native half and the lab, boots it with each processor, and holds the counters against a loop of known
# length. See README.md.
#
#   LAB_DIR=DIR run.sh [BOOT...]        (boots: max, cortex-a57, no-instructions, agent; all if none is named)
#
# Environment:
#   MVN   the build's command (default ./mvnw), or nothing to build nothing
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
lab=${LAB_DIR:?set LAB_DIR to a folder for the machine: 600 MB}
MVN=${MVN-./mvnw}
[[ $# -gt 0 ]] || set -- max cortex-a57 no-instructions agent

command -v aarch64-linux-gnu-gcc >/dev/null ||
    { echo "run.sh: install gcc-aarch64-linux-gnu and libc6-dev-arm64-cross" >&2; exit 2; }
# shellcheck disable=SC2086 # may be a command with arguments
[[ -z $MVN ]] || (cd "$root" && $MVN -q -B -ntp -pl integration-tests/labs/arm-pmu,agent/launcher -am package -DskipTests)
"$here/build.sh" "$lab"
lab=$(cd "$lab" && pwd)

job=$(mktemp -d "$lab/job.XXXXXX")
trap 'rm -rf "$job"' EXIT
mkdir -p "$job/lib"
cp "$here"/target/lib/*.jar "$here"/target/vperf-lab-arm-pmu-*.jar "$job/lib/"
aarch64-linux-gnu-gcc -O2 -Wall -Wextra -Werror -fPIC -shared -nostdlib -o "$job/libloop.so" "$here/src/main/c/loop.c"
aarch64-linux-gnu-gcc -O2 -Wall -Wextra -Werror -fPIC -shared -nostdlib -o "$job/libwork.so" "$here/src/main/c/work.c"
cp "$root/agent/launcher/target/vperf.jar" "$job/"

failed=0
for boot in "$@"; do
    echo "######## $boot"
    case $boot in
        max) LAB_DIR=$lab "$here/boot.sh" "$here/guest/counters" "$job"/* || failed=1 ;;
        no-instructions) LAB_DIR=$lab LAB_ICOUNT_SHIFT=off "$here/boot.sh" "$here/guest/no-instructions" "$job"/* || failed=1 ;;
        agent) LAB_DIR=$lab "$here/boot.sh" "$here/guest/agent" "$job"/* || failed=1 ;;
        *) LAB_DIR=$lab LAB_CPU=$boot "$here/boot.sh" "$here/guest/counters" "$job"/* || failed=1 ;;
    esac
done
exit "$failed"
