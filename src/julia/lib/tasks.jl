# How much is done at the same time.

"How many packages to compile at the same time: one for each processor, if there is memory for it."
function compile_tasks()
    chosen = tryparse(Int, get(ENV, "JULIA_NUM_PRECOMPILE_TASKS", ""))
    chosen === nothing || return max(chosen, 1)
    return clamp(min(Sys.CPU_THREADS, Int(available_memory() ÷ BYTES_PER_TASK)), 1, 16)
end

const BYTES_PER_TASK = 1_000_000_000

# Julia's own number leaves out what the page cache would give back, which after a download is most of it.
"Bytes that programs can still have (proc(5), MemAvailable)."
function available_memory()
    for line in eachline("/proc/meminfo")
        found = match(r"^MemAvailable:\s+(\d+) kB", line)
        found === nothing || return 1024 * parse(Int, found[1])
    end
    return Int(Sys.free_memory())
end
