# Scratch spaces: folders that packages fill when they are compiled or loaded. Loading happens in every dependency step, compiling
# does not: what a package left when it was compiled is kept aside, with the compiled file. So the spaces of a build hold what its
# own packages put there, and nothing of another project.

scratch_space(depot::String, owner::Base.UUID) = joinpath(depot, "scratchspaces", string(owner))

"Bring back what these units left when they were compiled."
function restore_scratch(depot::String, units::Vector{Unit})
    root = joinpath(depot, ".frontend", "scratch")
    # What is kept may be nothing, and an empty space would be a change to the image.
    filled = filter(name -> !isempty(readdir(joinpath(root, name))), isdir(root) ? readdir(root) : String[])
    owners = Set{String}(first(split(name, '+')) for name in filled)
    for unit in units
        string(unit.owner) in owners || continue
        compiled = fresh_compiled_file(unit.id)
        kept = compiled === nothing ? "" : scratch_copy(depot, unit.owner, compiled)
        basename(kept) in filled && copy_tree(kept, scratch_space(depot, unit.owner))
    end
end

"Keep what a package left while it was compiled into this file, if only nothing: with that, the file is finished."
function keep_scratch(depot::String, owner::Base.UUID, compiled::String)
    space, kept = scratch_space(depot, owner), scratch_copy(depot, owner, compiled)
    # Moved within the cache's file system, so that what is kept is whole.
    begun = string(kept, ".begun")
    rm(begun; force = true, recursive = true)
    isdir(space) ? copy_tree(space, begun) : mkpath(begun)
    mv(begun, kept; force = true)
end
