# shellcheck shell=bash
# Shared by build.sh, build-kernel.sh and boot.sh; sourced, never run on its own.

die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 125; }
msg() { printf '[%s] %s\n' "$(date +%T)" "$*" >&2; }

need() {
  local c
  for c in "$@"; do
    command -v "$c" >/dev/null || die "needs the command '$c'"
  done
}

# The work folder. Everything the lab makes lies in it.
lab_dir() {
  local d=${LAB_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/vperf-xen-steal}
  case $d in
    *[,\ ]*) die "the work folder's path must hold no comma and no space: $d" ;;
  esac
  mkdir -p "$d" || die "cannot make $d"
  (cd "$d" && pwd)
}

# The emulator unpacked by build.sh, run with its own loader and libraries, so
# that nothing installed (or removed) on the machine matters. Replaces the shell:
#   lab_qemu WORKDIR 'timeout 9 nice' QEMU-ARGUMENTS...
lab_qemu() {
  local q=$1/qemu lib=usr/lib/x86_64-linux-gnu wrap
  read -ra wrap <<< "$2"
  shift 2
  QEMU_MODULE_DIR=$q/$lib/qemu exec "${wrap[@]}" "$q/lib64/ld-linux-x86-64.so.2" \
    --library-path "$q/lib/x86_64-linux-gnu:$q/$lib" \
    "$q/usr/bin/qemu-system-x86_64" -L "$q/usr/share/qemu" -L "$q/usr/share/seabios" "$@"
}

# --- for the two that build; $lab is the work folder

build_setup() {
  : "${lab:?}"
  need apt-get dpkg-deb tar gzip gpgv wget unshare
  [ "$(dpkg --print-architecture)" = amd64 ] || die "amd64 only"
  [ "$(id -u)" = 0 ] || die "needs root (debootstrap)"
  nice=(nice -n "${LAB_NICE:-10}")
  mkdir -p "$lab"/apt/{state/lists/partial,cache/archives/partial}
  : > "$lab/apt/status"
}

# apt with its own state and cache and with nothing installed: it reads the
# machine's sources and keys, takes no lock of the machine's, and resolves whole
# dependency closures.
apt_own() {
  "$@" -o Dir::State="$lab/apt/state" -o Dir::State::status="$lab/apt/status" \
    -o Dir::Cache="$lab/apt/cache" -o APT::Install-Recommends=0 -o APT::Sandbox::User=root
}

# unpack DIR PACKAGE...: the packages alone, without their dependencies
unpack() {
  local dir=$1 d
  shift
  rm -rf "$lab/apt/one" && mkdir -p "$lab/apt/one" "$dir"
  (cd "$lab/apt/one" && apt_own "${nice[@]}" apt-get -q download "$@" >/dev/null)
  for d in "$lab"/apt/one/*.deb; do "${nice[@]}" dpkg-deb -x "$d" "$dir"; done
  rm -rf "$lab/apt/one"
}

lists() {
  [ -n "${lists_read:-}" ] && return
  msg "package lists"
  apt_own "${nice[@]}" apt-get -q update >/dev/null || msg "apt-get update complained; going on"
  lists_read=1
}

# debian DIR 'PACKAGE...': a minimal Debian of the machine's release and mirror, in DIR
debian() {
  local suite mirror
  # shellcheck source=/dev/null
  suite=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
  mirror=$(apt-get indextargets --format "\$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Identifier: Packages' |
    awk -v s="$suite" '$2 == s && $3 == "main" {print $1; exit}')
  [ -n "$mirror" ] || die "the apt sources name no mirror of $suite main"
  rm -rf --one-file-system "$1"
  # in a mount namespace of its own, so that an interrupted run leaves no mounts
  "${nice[@]}" env DEBOOTSTRAP_DIR="$lab/tools/usr/share/debootstrap" \
    unshare --mount "$lab/tools/usr/sbin/debootstrap" --variant=minbase --include="${2// /,}" \
    "$suite" "$1" "$mirror" > "$lab/debootstrap.log" 2>&1 ||
    die "debootstrap failed, see $lab/debootstrap.log"
}
