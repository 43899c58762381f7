#!/bin/bash
# build-kernel.sh: after build.sh, makes boot/vmlinuz-pta, a small kernel from Debian's source with
# CONFIG_PARAVIRT_TIME_ACCOUNTING, for LAB_KERNEL=pta. It is compiled inside a minimal Debian of its own, removed afterwards.
#   LAB_JOBS  compilers at a time [1]     LAB_NICE  niceness [10]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
umask 022

lab=$(lab_dir)
build_setup
[ -e "$lab/tools/usr/sbin/debootstrap" ] || die "run build.sh first"
if [ -e "$lab/boot/vmlinuz-pta" ] && cmp -s "$here/guest/kernel-pta.config" "$lab/boot/kernel-pta.config"; then
  msg "boot/vmlinuz-pta is there"
  exit 0
fi
root=$lab/kbuild
if [ ! -e "$root/built" ]; then
  lists
  source=$(apt_own apt-cache depends linux-source | sed -n 's/^ *Depends: \(linux-source-.*\)/\1/p' | head -n 1)
  msg "a Debian to compile in"
  debian "$root" 'gcc make flex bison bc libc6-dev libelf-dev perl xz-utils'
  msg "the source ($source)"
  unpack "$root/deb" "$source"
  mkdir "$root/linux"
  "${nice[@]}" tar -x -C "$root/linux" --strip-components=1 -f "$root"/deb/usr/src/linux-source-*.tar.xz
  rm -rf "$root/deb"
  : > "$root/built"
fi
cp "$here/guest/kernel-pta.config" "$root/linux/lab.config"
msg "compiling"
"${nice[@]}" unshare --mount --pid --fork --mount-proc="$root/proc" chroot "$root" /bin/sh -ec "
  cd /linux
  make -s allnoconfig KCONFIG_ALLCONFIG=lab.config
  for o in \$(sed -n 's/^\(CONFIG_[A-Z0-9_]*=y\)/\1/p' lab.config); do
    grep -qx \$o .config || echo \"not taken: \$o\"
  done
  make -s -j${LAB_JOBS:-1} bzImage
" > "$lab/kernel-build.log" 2>&1 || die "the build failed, see $lab/kernel-build.log"
! grep 'not taken' "$lab/kernel-build.log" >&2 || die "the configuration lacks the above"
cp "$root/linux/arch/x86/boot/bzImage" "$lab/boot/vmlinuz-pta"
cp "$here/guest/kernel-pta.config" "$lab/boot/kernel-pta.config"
rm -rf --one-file-system "$root"
msg "done: $(du -h "$lab/boot/vmlinuz-pta" | cut -f1) $lab/boot/vmlinuz-pta"
