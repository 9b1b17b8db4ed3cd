# Registries besides General. They are in place only while Pkg works for a build that names them: another build must not choose
# versions from them. Between builds the cache keeps each set of them aside.

registry_store(depot::String) = joinpath(depot, ".frontend", "registries")

uses_common_registries(sources::Sources) = isempty(sources.registries) && isempty(sources.auth)

"Where the cache keeps the registries of a build: those that it names, or that a server gives to those who have a token."
function registry_set(depot::String, sources::Sources)
    text = string(sort!(String[string(key, '=', registry[key]) for registry in sources.registries for key in keys(registry)]),
        isempty(sources.auth) ? "" : package_server())
    return joinpath(registry_store(depot), string(Base._crc32c(text); base = 16, pad = 8))
end

"Run `work` with the registries of this build in the depot. Nothing else of a build lets Pkg use git."
function with_registries(work::Function, depot::String, sources::Sources)
    # The dependency step puts collections off (garbage.jl), and what Pkg reads of a large registry is hundreds of megabytes.
    GC.enable(true)
    IS_1_5 && (check_ssh_hosts_1_5(); download_quietly_1_5())
    # A running function does not see the method that replaces one of LibGit2's.
    return Base.invokelatest(with_registries_in_place, work, depot, sources)
end

function with_registries_in_place(work::Function, depot::String, sources::Sources)
    current, common = joinpath(depot, "registries"), joinpath(registry_store(depot), "common")
    # The common ones are aside only if a build was killed: what stands in their place is that build's.
    isdir(common) && put_in_place(common, current)
    uses_common_registries(sources) && return work()
    own = registry_set(depot, sources)
    mkpath(current)
    put_in_place(current, common)
    is_complete = isdir(own)
    try
        is_complete ? put_in_place(own, current) : add_registries(sources.registries)
        is_complete = true
        has_general(current) || sources.offline || add_general()
        return work()
    finally
        is_complete && isdir(current) && put_in_place(current, own)
        put_in_place(common, current)
    end
end

put_in_place(source::String, target::String) = (mkpath(dirname(target)); mv(source, target; force = true))

function add_registries(registries::Vector)
    for registry in registries
        name = get(registry, "name", get(registry, "url", get(registry, "uuid", "")))
        say("Adding the registry $name")
        fields = Dict{Symbol,Any}(Symbol(key) => key == "uuid" ? Base.UUID(value) : value for (key, value) in registry)
        try
            compiled_as_usual(() -> PKG.Registry.add([PKG.RegistrySpec(; fields...)]))
        catch error
            error isa InterruptException && rethrow()
            text = sprint(showerror, error)
            throw(BuildError(string("the registry $name could not be added: ", text, fetch_hint(text))))
        end
    end
end

# As an archive with a file that describes it or, in a cache that an older Julia filled, as a folder.
has_general(registries::String) = any(name -> ispath(joinpath(registries, name)), ("General", "General.toml"))

"Pkg adds General by itself only where there is no registry at all. A build may do without."
function add_general()
    try
        compiled_as_usual(() -> PKG.Registry.add([PKG.RegistrySpec(; name = "General")]))
    catch error
        error isa InterruptException && rethrow()
        say("WARNING: the registry General could not be added: $(first_line(sprint(showerror, error)))")
    end
end

"Copy the registries of this build to a folder. General is among them, unless it cannot be had."
function copy_registries(depot::String, target::String, sources::Sources)
    with_registries(depot, sources) do
        registries = joinpath(depot, "registries")
        has_general(registries) || sources.offline || add_general()
        isdir(registries) || return
        say("Copying the registries")
        copy_tree(registries, target)
        fix_times(target)
    end
end
