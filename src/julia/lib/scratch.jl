# Scratch spaces: folders that packages fill when they are compiled or loaded. Loading happens in every dependency step, compiling
# does not: what a package left when it was compiled is kept aside, with the compiled file. So the spaces of a build hold what its
# own packages put there, and nothing of another project.

scratch_copy(depot::String, owner::Base.UUID, compiled::String) =
    joinpath(depot, ".frontend", "scratch", string(owner, '+', basename(compiled)))

scratch_space(depot::String, owner::Base.UUID) = joinpath(depot, "scratchspaces", string(owner))

"Bring back what these units left when they were compiled."
function restore_scratch(depot::String, units::Vector{Unit})
    for unit in units
        compiled = fresh_compiled_file(unit.id)
        kept = compiled === nothing ? "" : scratch_copy(depot, unit.owner, compiled)
        isdir(kept) && copy_tree(kept, scratch_space(depot, unit.owner))
    end
end

"Keep what these units left while they were compiled."
function keep_scratch(depot::String, units::Vector{Unit})
    for unit in units
        space = scratch_space(depot, unit.owner)
        compiled = isdir(space) ? fresh_compiled_file(unit.id) : nothing
        compiled === nothing && continue
        kept = scratch_copy(depot, unit.owner, compiled)
        rm(kept; force = true, recursive = true)
        copy_tree(space, kept)
    end
end
