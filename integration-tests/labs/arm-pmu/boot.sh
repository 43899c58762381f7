#!/usr/bin/env bash
# Boots the arm-pmu lab, runs a bash script inside it, streams the script's
# output and returns its exit status.  See README.md.
#
#   LAB_DIR=DIR boot.sh CMD-SCRIPT [FILE...]
#   boot.sh -d DIR CMD-SCRIPT [FILE...]
#
# In the guest the script runs as root in /job, where the FILEs (files or
# folders) lie under their own names.  What it leaves in /job/out comes back
# into LAB_OUT.  Nothing else it changes outlives the run.
#
# Environment:
#   LAB_CPU           qemu's -cpu (default: max,pauth=off,sve=off)
#   LAB_ICOUNT_SHIFT  an instruction takes 2^N ns (default 1); "off" runs
#                     without instruction counting: faster, no instruction events
#   LAB_SMP           virtual processors (default 1; see README.md before raising)
#   LAB_MEM           memory, MiB (default 2048)
#   LAB_TIMEOUT       seconds until the machine is switched off (default 1800)
#   LAB_OUT           folder for the files of /job/out (default: dropped)
#   LAB_NICE          niceness of the emulator (default 19)
#   LAB_APPEND        more kernel parameters
#   LAB_WRITABLE=1    keep what the guest writes to its disk (used by build.sh)
#
# Exit status: the script's; 124 after LAB_TIMEOUT; 125 when the guest gave none
# (the console log's end is then shown).
set -euo pipefail
export LC_ALL=C

lab=${LAB_DIR:-}
if [[ ${1:-} == -d ]]; then lab=${2:?}; shift 2; fi
[[ -n $lab && $# -ge 1 ]] || { echo "usage: LAB_DIR=DIR boot.sh CMD-SCRIPT [FILE...]" >&2; exit 2; }
for f in vmlinuz initrd.gz root.ext4; do
    [[ -f $lab/$f ]] || { echo "boot.sh: $lab/$f is missing: run build.sh first" >&2; exit 2; }
done
for f in "$@"; do [[ -e $f ]] || { echo "boot.sh: no such file: $f" >&2; exit 2; }; done

work=$(mktemp -d "${TMPDIR:-/tmp}/vperf-lab.XXXXXX")
qemu_pid='' cat_pid=''
# shellcheck disable=SC2317  # called by the trap
clean() {
    [[ -z $qemu_pid ]] || kill "$qemu_pid" 2>/dev/null || true
    [[ -z $cat_pid ]] || kill "$cat_pid" 2>/dev/null || true
    rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The job travels as a tar archive on a disk of its own.
mkdir "$work/script"
cp "$1" "$work/script/.job-script"
shift
tar_args=(-C "$work/script" .job-script)
for f in "$@"; do
    tar_args+=(-C "$(cd "$(dirname "$f")" && pwd)" "$(basename "$f")")
done
tar -cf "$work/job.tar" --owner=0 --group=0 "${tar_args[@]}"
truncate -s %512 "$work/job.tar"

snapshot=on
[[ -z ${LAB_WRITABLE:-} ]] || snapshot=off
icount=()
shift_ns=${LAB_ICOUNT_SHIFT:-1}
[[ $shift_ns == off ]] || icount=(-icount "shift=$shift_ns")
append="console=ttyAMA0 quiet loglevel=4 panic=-1 rdinit=/init mitigations=off nokaslr ${LAB_APPEND:-}"

mkfifo "$work/out"
: >"$work/status"
: >"$work/files.tar"
cat "$work/out" &
cat_pid=$!
TMPDIR=$work timeout --foreground "${LAB_TIMEOUT:-1800}" nice -n "${LAB_NICE:-19}" \
    qemu-system-aarch64 -M virt,gic-version=3 -cpu "${LAB_CPU:-max,pauth=off,sve=off}" \
    "${icount[@]}" -smp "${LAB_SMP:-1}" -m "${LAB_MEM:-2048}" \
    -nodefaults -no-reboot -display none -monitor none -nic none \
    -kernel "$lab/vmlinuz" -initrd "$lab/initrd.gz" -append "$append" \
    -serial "file:$work/console.log" \
    -drive "file=$lab/root.ext4,format=raw,if=none,id=root,snapshot=$snapshot" \
    -device virtio-blk-device,drive=root,serial=labroot \
    -drive "file=$work/job.tar,format=raw,if=none,id=job,readonly=on" \
    -device virtio-blk-device,drive=job,serial=labjob \
    -device virtio-serial-device,max_ports=8 \
    -chardev "file,id=out,path=$work/out" -device virtserialport,chardev=out,name=lab.out \
    -chardev "file,id=status,path=$work/status" -device virtserialport,chardev=status,name=lab.status \
    -chardev "file,id=files,path=$work/files.tar" -device virtserialport,chardev=files,name=lab.files \
    </dev/null >"$work/qemu.log" 2>&1 &
qemu_pid=$!
qemu_rc=0
wait "$qemu_pid" || qemu_rc=$?
qemu_pid=''
# The emulator is gone: cat reads what is left in the pipe and ends.  Should the
# emulator never have opened the pipe, opening and closing it here ends cat too.
exec {pipe}<>"$work/out"
exec {pipe}>&-
wait "$cat_pid" || true
cat_pid=''

if [[ -n ${LAB_OUT:-} && -s $work/files.tar ]]; then
    mkdir -p "$LAB_OUT"
    tar -C "$LAB_OUT" --no-same-owner -xf "$work/files.tar"
fi
if [[ -s $work/status ]]; then
    read -r rc <"$work/status"
    exit "$rc"
fi
if ((qemu_rc == 124)); then
    echo "boot.sh: switched off after ${LAB_TIMEOUT:-1800} s" >&2
    exit 124
fi
{
    echo "boot.sh: the guest gave no exit status (emulator's: $qemu_rc)"
    cat "$work/qemu.log"
    tail -25 "$work/console.log" 2>/dev/null || true
} >&2
exit 125
