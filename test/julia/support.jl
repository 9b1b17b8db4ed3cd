# What the tests of the programs share. To be included in a test's module.

using Test

"Include programs of src/julia/lib into the module that this file is included in."
function use(names...)
    for name in names
        include(joinpath(@__DIR__, "..", "..", "src", "julia", "lib", "$name.jl"))
    end
end

"Write files, by path below a new folder, and return the folder."
function folder_with(files::Pair{String,String}...)
    root = mktempdir()
    for (path, text) in files
        mkpath(dirname(joinpath(root, path)))
        write(joinpath(root, path), text)
    end
    return root
end

"Run `work` with this environment in front of the others, and an empty depot, which it is given."
function with_environment(work::Function, environment::String)
    depot = mktempdir()
    pushfirst!(LOAD_PATH, environment)
    pushfirst!(DEPOT_PATH, depot)
    try
        work(depot)
    finally
        filter!(!=(environment), LOAD_PATH)
        filter!(!=(depot), DEPOT_PATH)
    end
end

use("version", "collections")
IS_1_5 && use("pkg", "compat_1_5")

# The programs of a step are interpreted and lift that for the work itself. Here everything is compiled.
compiled_as_usual(work, arguments...) = work(arguments...)
yield_to_tasks() = yield()
interpret_again() = nothing
