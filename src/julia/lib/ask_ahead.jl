# The process that compiles waits for the one that installs. Meanwhile it asks which compiled files can be used, for which Julia reads
# them all: what has not changed when there is something to compile need not be asked again.

"When a file was put there or changed, and which one it is. A package that is installed again has other files."
const FileState = Tuple{UInt64,Float64,Int64}

function file_state(path::String)
    status = stat(path)
    return (UInt64(status.inode), Float64(status.ctime), Int64(status.size))
end

"What answers about compiled files depend on: the environment, and of each package that is there its sources and its compiled files."
function file_states(environment::String, ids::Vector{Base.PkgId})
    states = Dict{String,FileState}()
    for name in (isdir(environment) ? readdir(environment) : String[])
        states[joinpath(environment, name)] = file_state(joinpath(environment, name))
    end
    for id in ids
        source = Base.locate_package(id)
        source === nothing && continue
        states[source] = file_state(source)
        for file in Base.find_all_in_cache_path(id)
            states[file] = file_state(file)
        end
    end
    return states
end

"Answers about compiled files, and what they depend on."
struct Answers
    memory::StaleMemory
    "The packages that are there."
    ids::Vector{Base.PkgId}
    states::Dict{String,FileState}
end

# A damaged file is none of the questions' business: it is removed before they are asked in earnest.
"Ask which compiled files can be used as they are; `nothing` if that cannot be answered yet."
function ask_ahead(environment::String, units::Vector{Unit})
    IS_1_5 && return nothing
    memory = StaleMemory()
    try
        stale_units(units, memory)
        files_by_package(units, memory)
    catch error
        error isa InterruptException && rethrow()
        return nothing
    end
    ids = filter(id -> Base.locate_package(id) !== nothing, Base.PkgId[unit.id for unit in units])
    return Answers(memory, ids, file_states(environment, ids))
end

# A build script runs while the questions are asked, and may write sources of any package, of which the states have one file each.
has_build_script(id::Base.PkgId, source = Base.locate_package(id)) =
    source !== nothing && isfile(build_script(dirname(dirname(source))))

"What of these answers is true now."
function what_holds(answers::Union{Nothing,Answers}, environment::String, units::Vector{Unit})
    (answers === nothing || any(unit -> has_build_script(unit.id), units)) && return StaleMemory()
    return answers.states == file_states(environment, answers.ids) ? answers.memory : StaleMemory()
end
