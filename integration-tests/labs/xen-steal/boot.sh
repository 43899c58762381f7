#!/bin/bash
# boot.sh SCRIPT [FILES...]: boots the lab and runs SCRIPT in it, in a folder that holds the FILES; prints what it prints and
# ends with its status (124: ran past LAB_TIMEOUT; 125: the lab itself failed).
#   LAB_DIR      the work folder made by build.sh
#   LAB_KERNEL   debian: thread CPU time includes steal; pta: excludes it          [debian]
#   LAB_THIEVES  vCPUs beside the one that works and the one for all else          [1]
#   LAB_XEN_ARGS Xen's arguments, comma for space, as its scheduler
#   LAB_SHIFT    an instruction takes 2^LAB_SHIFT ns of the guest's time           [2]
#   LAB_OUT      receives what the script left in its own $LAB_OUT
#   LAB_PASS     names of variables to hand to the script
#   LAB_TIMEOUT  seconds of real time [3600]      LAB_NICE  niceness [10]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

[ $# -ge 1 ] || die "usage: boot.sh SCRIPT [FILES...]"
thieves=${LAB_THIEVES:-1} mem=1536
lab=$(lab_dir)
kernel=vmlinuz-${LAB_KERNEL:-debian}
for f in xen "$kernel" initramfs.cpio root.img; do
  [ -e "$lab/boot/$f" ] || die "no $lab/boot/$f: run build.sh (for pta build-kernel.sh as well)"
done
for f in "$@"; do [ -e "$f" ] || die "no such file: $f"; done

tmp=$(mktemp -d "$lab/run.XXXXXX")
pid=
# shellcheck disable=SC2317,SC2329 # called by the trap
cleanup() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

# --- the job disk: a bare tar of the script, the files and .lab/env
job=$tmp/job
mkdir -p "$job/.lab"
cp -a "$@" "$job/"
chmod 755 "$job/$(basename "$1")"
{
  printf 'LAB_SCRIPT=%q\nLAB_THIEVES=%q\n' "$(basename "$1")" "$thieves"
  for v in ${LAB_PASS:-}; do printf '%s=%q\n' "$v" "${!v-}"; done
} > "$job/.lab/env"
tar -C "$job" --owner=0 --group=0 --numeric-owner -cf "$tmp/job.img" .
truncate -s %1M "$tmp/job.img"
truncate -s 64M "$tmp/out.img"

disk() { printf '%s\n' -drive "file=$1,if=none,id=$2,format=raw,$3" -device "virtio-blk-pci,drive=$2"; }
mapfile -t disks < <(
  disk "$lab/boot/root.img" root readonly=on
  disk "$tmp/job.img" job readonly=on
  disk "$tmp/out.img" out cache=unsafe
)
dom0=$((mem - 192 - mem / 16))
args=(-accel tcg -cpu qemu64 -m "$mem" -smp 1
  # The guest's time is the number of its instructions, so what the host does meanwhile does not show.
  -icount "shift=${LAB_SHIFT:-2},sleep=on" -rtc "base=utc,clock=vm"
  -nodefaults -display none -no-reboot
  -chardev "file,id=con,path=$tmp/console" -serial chardev:con
  -chardev "stdio,id=out,signal=off" -device virtio-serial-pci -device "virtserialport,chardev=out,name=lab.out"
  "${disks[@]}"
  -kernel "$lab/boot/xen"
  -append "console=com1 com1=115200,8n1 dom0_mem=${dom0}M,max:${dom0}M dom0_max_vcpus=$((2 + thieves)) ${LAB_XEN_ARGS//,/ }"
  -initrd "$lab/boot/$kernel console=hvc0 panic=1,$lab/boot/initramfs.cpio")

mkfifo "$tmp/in"
exec 3<> "$tmp/in" # a standard input that never ends: at its end QEMU closes the output port too
(lab_qemu "$lab" "timeout -k 10 ${LAB_TIMEOUT:-3600} nice -n ${LAB_NICE:-10}" "${args[@]}") <&3 2> "$tmp/qemu.err" &
pid=$!
ended=0
wait "$pid" || ended=$?
pid=

if [ "$ended" = 124 ] || [ "$ended" = 137 ]; then
  tail -n 5 "$tmp/console" >&2 || true
  msg "the lab ran past LAB_TIMEOUT (${LAB_TIMEOUT:-3600} s)"
  exit 124
fi
mkdir "$tmp/result"
tar -C "$tmp/result" -xf "$tmp/out.img" 2>/dev/null || true
if [ ! -s "$tmp/result/status" ]; then
  cat "$tmp/qemu.err" >&2
  tail -n 15 "$tmp/console" >&2 || true
  die "the guest left no result"
fi
if [ -n "${LAB_OUT:-}" ]; then mkdir -p "$LAB_OUT" && cp -a "$tmp/result/out/." "$LAB_OUT/"; fi
msg "$(sed -n 's/^lab: script/script/p' "$tmp/console" | tr -d '\r' | tail -n 1) (guest time); $SECONDS s in all"
exit "$(<"$tmp/result/status")"
