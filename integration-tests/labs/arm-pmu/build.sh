#!/usr/bin/env bash
# Builds the arm-pmu lab: a Debian arm64 kernel, a small initramfs and an ext4
# root file system with Java 17 and perf, for an emulated machine whose
# hardware counters (cycles, retired instructions) work.  See README.md.
#
#   build.sh [--force] [LAB_DIR]        (or LAB_DIR in the environment)
#
# Run it as root: the files of the image keep their owners.  Without --force a
# finished image whose inputs have not changed is kept.
#
# Environment:
#   LAB_PACKAGES   more Debian packages to put into the image, blank-separated
#   LAB_ROOT_MIB   size of the root file system, MiB (default 1536, sparse)
#   LAB_NO_CDS=1   do not dump the Java class data archive (saves a boot)
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
force=
if [[ ${1:-} == --force ]]; then force=1; shift; fi
lab=${1:-${LAB_DIR:-}}
[[ -n $lab ]] || { echo "usage: build.sh [--force] LAB_DIR (or set LAB_DIR)" >&2; exit 2; }
mkdir -p "$lab"
lab=$(cd "$lab" && pwd)
[[ $lab != / && $lab != "$here" ]] || { echo "build.sh: unfit work folder $lab" >&2; exit 2; }

# What the guest needs; apt adds the dependencies.
packages=(
    base-files base-passwd usr-is-merged libc-bin bash dash coreutils util-linux
    mount kmod procps busybox-static tar gzip grep sed mawk findutils diffutils
    openjdk-17-jre-headless linux-perf
)
read -r -a more <<<"${LAB_PACKAGES:-}"
packages+=("${more[@]}")
modules=(virtio_mmio virtio_blk virtio_console ext4)

say() { printf '[build %4ds] %s\n' "$SECONDS" "$*"; }

# A build is kept while its inputs are the same.
stamp=$(printf '%s\n' "${packages[@]}" "${LAB_ROOT_MIB:-1536}" "${LAB_NO_CDS:-}" |
    cat - "$here/build.sh" "$here/guest/initramfs-init" "$here/guest/lab-init" | sha256sum | cut -d' ' -f1)
if [[ -z $force && -f $lab/image.stamp && $(<"$lab/image.stamp") == "$stamp" &&
    -f $lab/vmlinuz && -f $lab/initrd.gz && -f $lab/root.ext4 ]]; then
    say "up to date: $lab"
    exit 0
fi
rm -f "$lab/image.stamp"

# --- tools of this machine ---------------------------------------------------
need=()
command -v qemu-system-aarch64 >/dev/null || need+=(qemu-system-arm)
command -v cpio >/dev/null || need+=(cpio)
PATH=$PATH:/usr/sbin:/sbin
command -v mke2fs >/dev/null || need+=(e2fsprogs)
command -v depmod >/dev/null || need+=(kmod)
if ((${#need[@]})); then
    if ((EUID != 0)); then
        echo "build.sh: install first: ${need[*]}" >&2
        exit 1
    fi
    say "installing on this machine: ${need[*]}"
    DEBIAN_FRONTEND=noninteractive nice -n 19 apt-get -qq -o DPkg::Lock::Timeout=300 \
        install -y --no-install-recommends "${need[@]}" >"$lab/host-tools.log" 2>&1 ||
        { tail -20 "$lab/host-tools.log" >&2; exit 1; }
fi

# --- arm64 packages, through a private apt state -----------------------------
# The sources, keys and proxies are this machine's; its dpkg database, list of
# architectures and package lists are neither read nor changed.
apt=$lab/apt
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
: >"$apt/status"
cat >"$apt/apt.conf" <<CONF
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Dir::State "$apt";
Dir::State::Lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dir::Log "$apt";
Binary::apt-get::APT::Keep-Downloaded-Packages "true";
CONF
export APT_CONFIG=$apt/apt.conf
say "reading package lists (arm64)"
nice -n 19 apt-get -qq update
kernel=$(apt-cache depends linux-image-arm64 | sed -n 's/^ *Depends: //p' | head -1)
[[ $kernel == linux-image-*-arm64 ]] || { echo "build.sh: no arm64 kernel package found" >&2; exit 1; }
say "downloading $kernel and ${#packages[@]} packages with their dependencies"
nice -n 19 apt-get -qq -y --download-only install "${packages[@]}" >"$lab/apt.log" 2>&1 ||
    { tail -20 "$lab/apt.log" >&2; exit 1; }
(cd "$apt/cache/archives" && nice -n 19 apt-get -qq download "$kernel")
apt-get -s -qq install "${packages[@]}" | sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1 \2/p' | sort >"$lab/packages.txt"

deb_of() { # deb_of NAME VERSION: the file apt saved it as
    local v=${2//:/%3a} f
    for f in "$apt/cache/archives/$1_${v}_"{arm64,all}.deb; do
        [[ -f $f ]] && { echo "$f"; return; }
    done
    echo "build.sh: $1 $2 was not downloaded" >&2
    return 1
}

# --- root file system ---------------------------------------------------------
# The packages are unpacked, not configured: what their scripts would have done
# and the lab needs is done below.
say "unpacking $(wc -l <"$lab/packages.txt") packages"
root=$lab/rootfs
rm -rf "$root"
mkdir -p "$root"/usr/{bin,sbin,lib}
for d in bin sbin lib; do ln -s "usr/$d" "$root/$d"; done
while read -r name version; do
    deb=$(deb_of "$name" "$version")
    dpkg-deb --fsys-tarfile "$deb" | nice -n 19 tar -x -p --keep-directory-symlink -C "$root" \
        --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' \
        --exclude='./usr/share/info/*' --exclude='./usr/share/lintian/*'
done <"$lab/packages.txt"

cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
echo 'lab:x:1000:1000:lab user:/home/lab:/bin/bash' >>"$root/etc/passwd"
echo 'lab:x:1000:' >>"$root/etc/group"
mkdir -p "$root"/{proc,sys,dev,run,tmp,job,root,home/lab}
chmod 1777 "$root/tmp"
chown 1000:1000 "$root/home/lab" 2>/dev/null || true
echo vperf-lab >"$root/etc/hostname"
printf '127.0.0.1 localhost vperf-lab\n::1 localhost\n' >"$root/etc/hosts"
ln -sf mawk "$root/usr/bin/awk"
jvm=$(cd "$root" && ls -d usr/lib/jvm/java-17-openjdk-arm64)
for tool in "$root/$jvm"/bin/*; do ln -sf "/$jvm/bin/${tool##*/}" "$root/usr/bin/${tool##*/}"; done
install -m 755 "$here/guest/lab-init" "$root/usr/sbin/lab-init"

# --- kernel and initramfs ------------------------------------------------------
say "kernel and initramfs"
kdir=$lab/kernel
rm -rf "$kdir"
mkdir -p "$kdir"
read -r kversion < <(apt-cache show --no-all-versions "$kernel" | sed -n 's/^Version: //p')
kdeb=$(deb_of "$kernel" "$kversion")
dpkg-deb --fsys-tarfile "$kdeb" | nice -n 19 tar -x -C "$kdir"
unset APT_CONFIG
release=${kernel#linux-image-}
[[ -d $kdir/lib/modules ]] || mv "$kdir/usr/lib" "$kdir/lib"
nice -n 19 depmod -b "$kdir" "$release"
cp "$kdir/boot/vmlinuz-$release" "$lab/vmlinuz"
cp "$kdir/boot/config-$release" "$lab/kernel.config"

initrd=$lab/initramfs
rm -rf "$initrd"
mkdir -p "$initrd"/{bin,dev,proc,sys,newroot,modules}
cp "$root/usr/bin/busybox" "$initrd/bin/busybox"
install -m 755 "$here/guest/initramfs-init" "$initrd/init"
: >"$initrd/modules/order"
for m in "${modules[@]}"; do
    modprobe -n --show-depends -d "$kdir" -S "$release" "$m" | sed -n 's/^insmod \([^ ]*\).*/\1/p'
done | awk '!seen[$0]++' | while read -r ko; do
    cp "$ko" "$initrd/modules/"
    echo "${ko##*/}" >>"$initrd/modules/order"
done
[[ -s $initrd/modules/order ]] || { echo "build.sh: no kernel modules found" >&2; exit 1; }
# ext4 asks for its checksum by name, which modules.dep does not show
crc=$(find "$kdir/lib/modules/$release" -name crc32c_generic.ko)
if [[ -n $crc ]] && ! grep -qx crc32c_generic.ko "$initrd/modules/order"; then
    cp "$crc" "$initrd/modules/"
    sed -i '1i crc32c_generic.ko' "$initrd/modules/order"
fi
(cd "$initrd" && find . | cpio -o -H newc --quiet -R 0:0 | gzip -1) >"$lab/initrd.gz"
rm -rf "$kdir" "$initrd"

# --- disk image ------------------------------------------------------------------
say "disk image"
rm -f "$lab/root.ext4"
truncate -s "${LAB_ROOT_MIB:-1536}M" "$lab/root.ext4"
nice -n 19 mke2fs -q -F -t ext4 -O ^has_journal -m 0 -L vperf-lab -d "$root" "$lab/root.ext4"
rm -rf "$root"

# --- what only an arm64 machine can make ----------------------------------------
if [[ -z ${LAB_NO_CDS:-} ]]; then
    say "first boot: dynamic linker cache, Java class data archive"
    cat >"$lab/first-boot.sh" <<'GUEST'
set -e
ldconfig
java -Xshare:dump >/tmp/cds.log 2>&1 || { cat /tmp/cds.log; exit 1; }
java -Xshare:on -version 2>&1
GUEST
    LAB_DIR=$lab LAB_WRITABLE=1 LAB_ICOUNT_SHIFT=off "$here/boot.sh" "$lab/first-boot.sh"
    rm -f "$lab/first-boot.sh"
fi

echo "$stamp" >"$lab/image.stamp"
say "done: $lab, $(du -sh "$lab" | cut -f1) of disk ($(du -sh "$apt" | cut -f1) of it cached packages)"
