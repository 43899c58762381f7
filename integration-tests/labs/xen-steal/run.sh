#!/bin/bash
# run.sh: everything. Builds vperf and the lab, boots all cells of cells.txt under both kernels, compares, draws; see README.md.
# Boots that succeeded with the same vperf.jar and workload before are not repeated.
#   LAB_DIR        the work folder, 3 GB while it is made [~/.cache/vperf-xen-steal]
#   LAB_KERNELS    [debian pta]
#   LAB_BOOTS      boots of cells.txt, all if empty
#   LAB_PARALLEL   boots side by side [2]
#   CALLS          long and short calls a cell [200 1000]
#   INTERVAL_S     vperf's interval, seconds of the guest's time [20]
#   AGENT_OPTIONS  more options of the agent, as sample=50ms
#   MVN            [./mvnw], or nothing to build nothing
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
lab=$(lab_dir)
export LAB_DIR=$lab
export CALLS=${CALLS:-200 1000} INTERVAL_S=${INTERVAL_S:-20} AGENT_OPTIONS=${AGENT_OPTIONS:-}

# boot KERNEL/BOOT: its cells, in one guest
boot() {
  local kernel=${1%/*} boot=${1#*/} to=$results/$1 b scheduler steal burst asked period thieves
  [ ! -e "$to/done" ] || { msg "$1: done before"; return; }
  rm -rf "$to"
  CELLS='' LAB_THIEVES=1
  while read -r b scheduler steal burst asked period thieves; do
    [ "$b" = "$boot" ] || continue
    CELLS+=" $steal-$burst:$asked:$period:$thieves"
    LAB_XEN_ARGS=$scheduler
    [ "$thieves" -le "$LAB_THIEVES" ] || LAB_THIEVES=$thieves
  done < "$here/cells.txt"
  export CELLS LAB_THIEVES LAB_XEN_ARGS LAB_KERNEL=$kernel LAB_OUT=$to LAB_PASS='CELLS CALLS INTERVAL_S AGENT_OPTIONS'
  msg "$1:$CELLS"
  if "$here/boot.sh" "$here/guest/cells" "$results"/job/* > "$results/$kernel-$boot.log" 2>&1; then
    : > "$to/done"
    msg "$1: $(tail -n 1 "$results/$kernel-$boot.log")"
  else
    msg "$1 failed:"
    tail -n 20 "$results/$kernel-$boot.log" >&2
    return 1
  fi
}

if [ "${1:-}" = --boot ]; then
  results=$2
  boot "$3" || boot "$3"
  exit
fi

MVN=${MVN-./mvnw}
# shellcheck disable=SC2086 # may be a command with arguments
[ -z "$MVN" ] || (cd "$root" && $MVN -q -B -ntp -pl integration-tests/labs/xen-steal -am package -DskipTests)
"$here/build.sh"
case " ${LAB_KERNELS:=debian pta} " in *' pta '*) "$here/build-kernel.sh" ;; esac

job=$lab/job.$$
program=io/vperf/labs/steal/guest
mkdir -p "$job/classes/$program"
cp "$root/agent/launcher/target/vperf.jar" "$here/target/lib/vperf-annotations.jar" "$job/"
cp "$here/target/classes/$program"/*.class "$job/classes/$program/"
key=$(cat <(find "$job" -type f -exec sha256sum {} + | cut -c 1-64 | sort) "$here/cells.txt" "$here/guest/cells" \
  <(echo "$CALLS $INTERVAL_S $AGENT_OPTIONS") | sha256sum | cut -c 1-12)
results=$lab/results/$key
mkdir -p "$results"
rm -rf "$results/job"
mv "$job" "$results/job"

mapfile -t boots < <(sed 's/#.*//' "$here/cells.txt" | awk 'NF && !seen[$1]++ {print $1}')
[ -z "${LAB_BOOTS:-}" ] || read -ra boots <<< "$LAB_BOOTS"
failed=0
for boot in "${boots[@]}"; do
  for kernel in $LAB_KERNELS; do echo "$kernel/$boot"; done
done | xargs -r -n 1 -P "${LAB_PARALLEL:-2}" "$0" --boot "$results" || failed=1

java -cp "$here/target/classes:$here/target/lib/*" io.vperf.labs.steal.Evaluation "$results" "$here/results"
"$here/figure.sh" "$here/results"
msg "results in $here/results, all that was recorded in $results"
exit $failed
