# A step can be killed after a package was compiled and before it was noted what that left: scratch spaces, lazy artifacts that
# it fetched. The compiled file is as good as any other, and nothing would ever make the rest again. So it counts as finished
# only when there is something kept for it, if only an empty folder. An image has such folders only where a package
# left nothing but has a scratch space (collect.jl), so with a seed those are compiled again that left something.

scratch_copy(depot::String, owner::Base.UUID, compiled::String) =
    joinpath(depot, ".frontend", "scratch", string(owner, '+', basename(compiled)))

is_finished(depot::String, owner::Base.UUID, compiled::String) = isdir(scratch_copy(depot, owner, compiled))

"The compiled files of a package in the depot, for whatever version of Julia or environment."
function own_compiled_files(depot::String, package::Base.UUID)
    root = joinpath(depot, "compiled")
    below(folder) = isdir(folder) ? joinpath.(folder, readdir(folder)) : String[]
    start = string(Base.package_slug(package), '_')
    is_own(file) = startswith(basename(file), start) && endswith(file, ".ji")
    return String[file for version in below(root) for folder in below(version) for file in below(folder) if is_own(file)]
end

"Have a package compiled again that left something, if it is not known what of that it left when it was compiled."
function remove_unfinished(depot::String, package::Base.UUID)
    for file in own_compiled_files(depot, package)
        is_finished(depot, package, file) && continue
        say("It is not known what was left by compiling $(relpath(file, depot)): it is compiled again.")
        remove_compiled(file)
    end
end

# Since Julia 1.9 with native code beside it.
function remove_compiled(file::String)
    rm(file; force = true)
    rm(string(chop(file; tail = 3), ".so"); force = true)
end
