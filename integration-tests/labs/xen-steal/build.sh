#!/bin/bash
# build.sh: makes what boot.sh boots, in $LAB_DIR: an unpacked QEMU, the Xen hypervisor, Debian's kernel, a Debian root disk
# with a JRE, an initramfs. Again: what is done stays, the initramfs is made anew. Installs nothing on this machine; packages
# come from its own apt sources.
#   LAB_NICE  niceness of the heavy steps [10]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
umask 022

lab=$(lab_dir)
packages=openjdk-17-jre-headless
xen_package=xen-hypervisor-4.17-amd64
build_setup
need gcc mke2fs

stamp=$lab/stamps
mkdir -p "$stamp" "$lab/boot"

# --- the emulator
if ! { [ -e "$stamp/qemu" ] && (lab_qemu "$lab" nice --version) >/dev/null 2>&1; }; then
  lists
  msg "QEMU"
  rm -rf "$lab/qemu" && mkdir -p "$lab/qemu"
  apt_own "${nice[@]}" apt-get -q -y --download-only install qemu-system-x86 >/dev/null
  for d in "$lab"/apt/cache/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$d" |
      "${nice[@]}" tar -x -C "$lab/qemu" --exclude='./usr/share/doc*' --exclude=./usr/share/man --exclude=./usr/share/locale
  done
  rm -f "$lab"/apt/cache/archives/*.deb
  (lab_qemu "$lab" nice --version) >/dev/null || die "the unpacked QEMU does not start"
  : > "$stamp/qemu"
fi

# --- the hypervisor
if [ ! -e "$stamp/xen.$xen_package" ]; then
  lists
  msg "Xen"
  rm -rf "$lab/xen.tmp"
  unpack "$lab/xen.tmp" "$xen_package"
  gzip -dc "$lab"/xen.tmp/boot/xen-*-amd64.gz > "$lab/boot/xen"
  rm -rf "$lab/xen.tmp"
  : > "$stamp/xen.$xen_package"
fi

# --- kernel, the drivers it needs as modules, busybox, debootstrap
drivers=(drivers/virtio/virtio_ring drivers/virtio/virtio drivers/virtio/virtio_pci_legacy_dev
  drivers/virtio/virtio_pci_modern_dev drivers/virtio/virtio_pci drivers/block/virtio_blk
  drivers/char/virtio_console lib/crc16 crypto/crc32c_generic lib/libcrc32c fs/mbcache fs/jbd2/jbd2 fs/ext4/ext4)
if [ ! -e "$stamp/kernel" ]; then
  lists
  msg "kernel and tools"
  rm -rf "$lab/kernel" "$lab/modules" "$lab/tools"
  image=$(apt_own apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: \(linux-image-.*\)/\1/p' | head -n 1)
  [ -n "$image" ] || die "linux-image-amd64 names no kernel"
  unpack "$lab/kernel" "$image"
  unpack "$lab/tools" busybox-static debootstrap
  cp "$lab"/kernel/boot/vmlinuz-* "$lab/boot/vmlinuz-debian"
  cp "$lab"/kernel/boot/config-* "$lab/boot/"
  release=$(basename "$lab"/kernel/lib/modules/*)
  mkdir -p "$lab/modules/$release"
  for m in "${drivers[@]}"; do # in the order of loading
    cp "$lab/kernel/lib/modules/$release/kernel/$m.ko" "$lab/modules/$release/"
    echo "${m##*/}.ko" >> "$lab/modules/$release/order"
  done
  rm -rf "$lab/kernel"
  : > "$stamp/kernel"
fi

# --- the root disk
if [ ! -e "$stamp/root.$packages" ]; then
  lists
  msg "root disk ($packages)"
  debian "$lab/rootfs" "$packages"
  rm -rf "$lab"/rootfs/var/cache/apt/archives/*.deb "$lab"/rootfs/var/lib/apt/lists/* \
    "$lab"/rootfs/usr/share/{doc,man,locale} "$lab"/rootfs/etc/apt/sources.list
  mkdir -p "$lab/rootfs/job" "$lab/rootfs/boot"
  mb=$(du -sm --apparent-size "$lab/rootfs" | cut -f1)
  rm -f "$lab/boot/root.img"
  "${nice[@]}" mke2fs -q -t ext4 -O ^has_journal -m 0 -N 40000 -d "$lab/rootfs" \
    "$lab/boot/root.img" $((mb * 13 / 10 + 40))M > /dev/null
  rm -rf --one-file-system "$lab/rootfs"
  : > "$stamp/root.$packages"
fi

# --- the initramfs: busybox, the drivers, and all of the lab's own files
msg "initramfs"
ird=$lab/initramfs
rm -rf "$ird" && mkdir -p "$ird"/{bin,lab,boot}
cp "$lab/tools/bin/busybox" "$ird/bin/"
mkdir -p "$ird/lib" && cp -r "$lab/modules" "$ird/lib/"
cp "$lab"/boot/config-*-amd64 "$ird/boot/"
cp "$here/guest/initramfs-init" "$ird/init"
cp "$here/guest/lab-init" "$here/guest/steal-load" "$ird/lab/"
for p in steal-thief steal-probe; do
  gcc -O2 -static -Wall -Wextra -o "$ird/lab/$p" "$here/src/main/c/$p.c"
done
chmod 755 "$ird/init" "$ird"/lab/*
(cd "$ird" && find . | "$lab/tools/bin/busybox" cpio -o -H newc 2>/dev/null) > "$lab/boot/initramfs.cpio"
rm -rf "$ird"
msg "done: $(du -sh "$lab" | cut -f1) in $lab"
