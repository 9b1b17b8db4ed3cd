# Packages and artifacts into the cache: by content hash from the Pkg server first, by Pkg itself for what is left.

# The Pkg server protocol serves a package as /package/<uuid>/<tree hash>. The manifest names both, so no registry has to be
# downloaded, unpacked or updated for packages that the server has.
"Install what the manifest names and the cache lacks. `BuildError` if something cannot be had."
function install(depot::String, environment::String, packages::Vector{ManifestPackage})
    wanted = filter(in_depot, packages)
    missing = filter(package -> !check_folder(depot, package_folder(package), package.tree_hash), wanted)
    say(string(plural(length(wanted), "package"), " in the manifest, ", length(missing), " to download"))
    isempty(missing) || download_packages(depot, missing)
    left = filter(package -> !isdir(joinpath(depot, package_folder(package))), missing)
    if !isempty(left)
        say("Asking the registries for $(join((package.name for package in left), ", ", " and "))")
        instantiate(environment)
        for package in left
            check_folder(depot, package_folder(package), package.tree_hash) ||
                throw(BuildError("$(package.name) could not be installed: Pkg left no $(package_folder(package))"))
        end
    end
end

"URL of the Pkg server without a trailing slash, or `nothing` if the user turned it off."
function package_server()
    # Pkg.Types.pkg_server moved to Pkg.pkg_server in Julia 1.6.
    server = isdefined(pkg(), :pkg_server) ? pkg().pkg_server() : pkg().Types.pkg_server()
    return server === nothing ? nothing : String(rstrip(server, '/'))
end

const PARALLEL_DOWNLOADS = 8

function download_packages(depot::String, packages::Vector{ManifestPackage})
    server = package_server()
    server === nothing && return
    # Finds the program that downloads (Julia 1.5) or unpacks; without it Pkg's functions refuse to work.
    pkg().PlatformEngines.probe_platform_engines!()
    done = 0
    asyncmap(packages; ntasks = PARALLEL_DOWNLOADS) do package
        failure = download_package(server, depot, package)
        done += 1
        text = string("[", done, "/", length(packages), "] ", package.name, " ", something(package.version, ""))
        say(failure === nothing ? "  downloaded $text" : "  not on the Pkg server $text: $failure")
    end
end

"Download one package and check its tree hash. Returns `nothing`, or why it could not be done."
function download_package(server::String, depot::String, package::ManifestPackage)
    archive = string(tempname(), ".tar.gz")
    unpacked = tempname()
    url = "$server/package/$(package.uuid)/$(package.tree_hash)"
    try
        pkg().PlatformEngines.download(url, archive; verbose = false)
        pkg().PlatformEngines.unpack(archive, unpacked; verbose = false)
        tree_hash(unpacked) == package.tree_hash || return "its content is not what the manifest asks for"
        target = joinpath(depot, package_folder(package))
        mkpath(dirname(target))
        fix_times(unpacked)
        # TMPDIR is inside the cache, so this is one atomic rename: an interrupted build leaves no half package.
        mv(unpacked, target; force = true)
        note_checked(depot, package_folder(package))
        return nothing
    catch error
        error isa InterruptException && rethrow()
        return first_line(sprint(showerror, error))
    finally
        rm(archive; force = true)
        rm(unpacked; force = true, recursive = true)
    end
end

"Let Pkg install what is left: it knows registries, git and every other way. It adds or updates registries as needed."
function instantiate(environment::String)
    try
        pkg().activate(environment)
        pkg().instantiate()
    catch error
        error isa InterruptException && rethrow()
        server = package_server()
        from = server === nothing ? "" : "\nThe Pkg server is $server ([pkg] server in the spec)."
        throw(BuildError(string("the packages could not be installed: ", sprint(showerror, error), from)))
    end
end
