#!/bin/bash
# figure.sh FOLDER: draws FOLDER/cells.csv as FOLDER/figure.svg and figure.png. Needs gnuplot (Debian: gnuplot-nox).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
command -v gnuplot >/dev/null || { echo "figure.sh: needs gnuplot (apt-get install gnuplot-nox)" >&2; exit 1; }
for format in svg png; do
  (cd "$1" && gnuplot -e "format = '$format'" "$here/figure.gp")
done
