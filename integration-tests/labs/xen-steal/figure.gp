# Time to run a matrix multiplication, raw and corrected for steal. Reads cells.csv; figure.sh sets the format.
if (format eq "svg") set terminal svg size 1500,1000 font "DejaVu Sans,16" background "white"; \
  else set terminal pngcairo size 1500,1000 font "DejaVu Sans,12.5" background "white"
set output "figure.".format
set datafile separator ","

# Columns of cells.csv. Of a kernel and method the row's number is its place on the x axis.
pick(kernel, method) = sprintf("< awk -F, '$1 == \"%s\" && $4 == \"%s\" {print n++ \",\" $0}' cells.csv", kernel, method)
STEAL = 3; BURST = 4; RAW = 7; CORRECTED = 9; REFERENCE = 11
label(steal, burst) = steal == 0 ? "none" : sprintf("%d %%\n%d ms", steal, burst)
wide = 0.38; aside = 0.17

set style line 1 lc rgb "#d55e00" lw 2 pt 7 ps 1.1   # raw
set style line 2 lc rgb "#0072b2" lw 2 pt 7 ps 1.1   # corrected
set style line 3 lc rgb "#333333" lw 3               # reference, median
set style line 4 lc rgb "#333333" lw 1.5 dt (6,4)    # reference, p99
set border 3 lc rgb "#888888"
set xtics nomirror scale 0 textcolor rgb "#333333"
set ytics nomirror textcolor rgb "#333333"
set grid ytics lc rgb "#e4e4e4" lt 1 lw 1
set xrange [-0.6:10.6]
unset key

set multiplot layout 2,2 margins 0.07,0.985,0.16,0.87 spacing 0.06,0.13 \
  title "Time to run a matrix multiplication, raw and corrected for steal" font ",22" offset 0,-0.4
set label 1 "points: median, with a bar up to the 99th percentile" at screen 0.5,0.935 center textcolor rgb "#555555"

do for [method in "long short"] {
  do for [kernel in "pta debian"] {
    set title (kernel eq "pta" ? "CPU time excludes steal" : "CPU time includes steal (Debian)").": " \
      .(method eq "long" ? "calls of 290 ms" : "calls of 5 ms, one in 20 of 50 ms") offset 0,-0.5
    unset ylabel
    unset xlabel
    if (kernel eq "pta") { set ylabel "time per call, ms" offset 1,0 }
    if (method eq "long") {
      set yrange [0:1500]
      set ytics 250
    } else {
      set logscale y
      set yrange [2:700]
      set ytics (2, 5, 10, 20, 50, 100, 200, 500)
      set xlabel "stolen, in bursts of" offset 0,-0.8
      if (kernel eq "debian") { set key at screen 0.5,0.04 center horizontal maxrows 1 samplen 2 width -2 }
    }
    data = pick(kernel, method)
    plot data using ($1 - wide):REFERENCE:(2 * wide):(0) with vectors nohead ls 3 title "reference, median", \
         data using ($1 - wide):(column(REFERENCE + 1)):(2 * wide):(0) with vectors nohead ls 4 title "reference, 99th percentile", \
         data using 1:REFERENCE:xtic(label(column(STEAL), column(BURST))) with points pt -1 notitle, \
         data using ($1 - aside):RAW:RAW:(column(RAW + 1)) with yerrorbars ls 1 title "raw", \
         data using ($1 + aside):CORRECTED:CORRECTED:(column(CORRECTED + 1)) with yerrorbars ls 2 title "corrected by vperf"
    unset label 1
  }
}
unset multiplot
