# What is known of loading. A package that some build has loaded from the very compiled file that this one would take, and that left
# nothing behind, need not be loaded here: what it depends on is named in that file, so it would do the same again. The note lies
# beside the compiled file in the cache and is trusted like it. Its first line is the file's checksum, the others are the UUIDs of what
# the package depends on and does not load: whether that could be loaded is never known, and does not matter.

loaded_notes(depot::String) = joinpath(depot, ".frontend", "loaded")

loaded_note(depot::String, compiled::String) =
    joinpath(loaded_notes(depot), string(basename(dirname(compiled)), '+', basename(compiled)))

# Julia ends a compiled file with its checksum, and since 1.9 puts that of its native code before it (`isvalid_file_crc` and
# `isvalid_pkgimage_crc` in base/loading.jl).
"What tells a compiled file from another one of the same name."
function checksum_of(compiled::String)
    open(compiled) do io
        seekend(io)
        seek(io, max(0, position(io) - 8))
        return bytes2hex(read(io))
    end
end

"UUIDs of what a package depends on and does not load, if it is noted that it was loaded from this file; else `nothing`."
function noted_as_left_out(depot::String, compiled::String)
    note = loaded_note(depot, compiled)
    lines = isfile(note) ? readlines(note) : String[]
    return isempty(lines) || lines[1] != checksum_of(compiled) ? nothing : lines[2:end]
end

# What Julia brings with compiled files of its own is as good as noted.
"The same for a package; `nothing` if it is not known that it can be loaded, and leaves nothing."
function known_to_leave_out(depot::String, id::Base.PkgId, memory::StaleMemory)
    haskey(SYSTEM_IMAGE, id) && return String[]
    compiled = fresh_compiled_file(id, memory)
    compiled === nothing && return nothing
    return startswith(compiled, joinpath(depot, "")) ? noted_as_left_out(depot, compiled) : String[]
end

# Whether a compiled file of Julia 1.5 goes with the others is known only when it is loaded: `stale_cachefile` does not compare
# the build ids of what has not been loaded.
"Those of the direct dependencies that load something of which it is not known that it can be loaded, and leaves nothing."
function not_known_to_load(depot::String, ids::Vector{Base.PkgId}, units::Vector{Unit}, memory::StaleMemory = StaleMemory())
    IS_1_5 && return ids
    left_out = Lookup()
    for unit in units
        left_out[unit.id] = known_to_leave_out(depot, unit.id, memory)
    end
    unknown = filter(unit -> left_out[unit.id] === nothing, units)
    affected = Set{Base.PkgId}(unit.id for unit in unknown)
    # Nothing depends on an extension: it is loaded when its triggers are.
    foreach(unit -> is_extension(unit) && union!(affected, unit.dependencies), unknown)
    affected = with_dependents(units, affected, (unit, id) -> left_out[unit.id] !== nothing && string(id.uuid) in left_out[unit.id])
    known = Set{Base.PkgId}(unit.id for unit in units)
    return filter(id -> id in affected || !(id in known), ids)
end

"""
Note what this process has loaded from compiled files of the depot. What has a scratch space or a lazy artifact, or loads something
that has, may have filled it: it is loaded by every build.
"""
function note_loaded(depot::String, units::Vector{Unit}, lazy::Vector{LazyArtifact})
    mkpath(loaded_notes(depot))
    with_lazy = Set{Base.UUID}(artifact.package.uuid for artifact in lazy)
    may_leave(unit) = unit.owner in with_lazy || isdir(scratch_space(depot, unit.owner))
    leaving = with_dependents(units, Base.PkgId[unit.id for unit in units if may_leave(unit)], (_, id) -> !haskey(Base.loaded_modules, id))
    for unit in units
        loaded = get(Base.loaded_modules, unit.id, nothing)
        (loaded === nothing || unit.id in leaving) && continue
        compiled = loaded_file(unit.id, loaded)
        (compiled === nothing || !startswith(compiled, joinpath(depot, ""))) && continue
        lines = String[checksum_of(compiled)]
        for id in unit.dependencies
            haskey(Base.loaded_modules, id) || push!(lines, string(id.uuid))
        end
        noted_as_left_out(depot, compiled) == lines[2:end] || write_whole(loaded_note(depot, compiled), join(lines, '\n'))
    end
end
