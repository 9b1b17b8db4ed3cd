# When garbage is collected. The first collection of a process comes after 45 MB, which loading Pkg nearly takes, and reads all that
# Julia brings: 0.1 to 0.2 s that a small build would wait for, or that would take a processor from what is compiled. So there is none
# where little is allocated: 60 MB and 1 MB for each package by the process that installs, less by the one that compiles and loads
# (Julia 1.12, 31 packages).

"So many packages can be installed or compiled without a collection."
const FEW_NEW_PACKAGES = 20

"So many packages can be in the manifest without a collection."
const FEW_PACKAGES = 200

put_off_garbage_collection() = GC.enable(false)

allow_garbage_collection() = GC.enable(true)

"Allow collections where more packages are to be installed or compiled, or to be looked at, than can be without."
allow_garbage_collection_for(new_packages::Int, packages::Int) =
    (new_packages > FEW_NEW_PACKAGES || packages > FEW_PACKAGES) && allow_garbage_collection()
