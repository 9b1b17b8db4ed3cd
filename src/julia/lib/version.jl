# Which versions of Julia the programs were made for. The frontend refuses others too, where it knows the version of the base image.

"Debian's Julia, with which everything can be tried where there is no other. What is for it alone is in compat_1_5.jl."
const IS_1_5 = v"1.5" <= VERSION < v"1.6-"

IS_1_5 || VERSION >= v"1.10-" || (println("\nERROR: the base image has Julia $VERSION, with which this was never tried: use 1.10 or newer"); exit(1))
