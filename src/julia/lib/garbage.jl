# When garbage is collected. The first collection of a process comes after 45 MB, which loading Pkg nearly takes, and reads all that
# Julia brings: 0.1 to 0.2 s that a small build would wait for. It is put off to when there is nothing else to do.

"So many packages can be installed without a collection: what is allocated for each is some megabytes."
const FEW_PACKAGES = 20

put_off_garbage_collection() = GC.enable(false)

allow_garbage_collection() = GC.enable(true)

"Collect now, while another process works, or this one waits for what it is to do."
function collect_garbage_while_idle()
    allow_garbage_collection()
    GC.gc(false)
end
