# Compiles the startup package, in a process of its own that can be ended when its time is over. What the workload prints goes to
# stdout as it comes.
#
# Argument: the folder of the package.

include("../lib/version.jl")
include("../lib/interpreted.jl")
include("../lib/say.jl")
include("../lib/settings.jl")
include("../lib/files.jl")
include("../lib/startup.jl")

function run_workload(folder::String)
    with_startup(() -> compiled_as_usual(Base.compilecache, STARTUP, stdout, stdout), folder)
end

run_workload(ARGS[1])
