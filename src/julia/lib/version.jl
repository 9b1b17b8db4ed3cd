# Which versions of Julia the programs were made for. The frontend refuses others too, where it knows the version of the base image.

const IS_SUPPORTED = v"1.5" <= VERSION < v"1.6-" || VERSION >= v"1.10-"

IS_SUPPORTED || (println("\nERROR: the base image has Julia $VERSION, with which this was never tried: use 1.10 or newer"); exit(1))
