# Packages and artifacts into the cache: by content hash from the Pkg server first, by Pkg itself for what is left.

# The Pkg server protocol serves a package as /package/<uuid>/<tree hash>. The manifest names both, so no registry has to be
# downloaded, unpacked or updated for packages that the server has.
"Install what the manifest names and the cache lacks. `BuildError` if something cannot be had."
function install(depot::String, environment::String, packages::Vector{ManifestPackage}, sources::Sources)
    wanted = filter(in_depot, packages)
    is_installed(package) = check_folder(depot, package_folder(package), package.tree_hash)
    absent = filter(!is_installed, wanted)
    say(string(plural(length(wanted), "package"), " in the manifest, ", length(absent), " to download"))
    isempty(absent) && return
    sources.offline && throw(BuildError("the cache lacks $(names_of(absent)), and offline under [pkg] forbids to download"))
    failures = download_packages(depot, absent)
    left = filter(package -> !isdir(joinpath(depot, package_folder(package))), absent)
    isempty(left) && return
    isempty(sources.auth) || check_token(sources)
    say("Asking the registries for $(names_of(left))")
    with_registries(() -> instantiate(environment, failures), depot, sources)
    for package in left
        is_installed(package) ||
            throw(BuildError("$(package.name) could not be installed: Pkg left no $(package_folder(package))"))
    end
end

names_of(packages::Vector{ManifestPackage}) = join((package.name for package in packages), ", ", " and ")

"URL of the Pkg server without a trailing slash, or `nothing` if the user turned it off."
function package_server()
    server = PKG.pkg_server()
    return server === nothing ? nothing : String(rstrip(server, '/'))
end

const PARALLEL_DOWNLOADS = 8

"Download packages from the Pkg server, if there is one. Returns what went wrong, with the names of the packages."
function download_packages(depot::String, packages::Vector{ManifestPackage})
    failures = String[]
    server = package_server()
    server === nothing && return failures
    IS_1_5 && find_downloaders_1_5()
    done = 0
    asyncmap(packages; ntasks = PARALLEL_DOWNLOADS) do package
        failure = retry_download(() -> download_package(server, depot, package))
        done += 1
        name = string(package.name, " ", something(package.version, ""))
        say(string(failure === nothing ? "  downloaded " : "  not from the Pkg server ", "[", done, "/", length(packages), "] ",
            name, failure === nothing ? "" : ": $failure"))
        failure === nothing || is_absent(failure) || push!(failures, "$name from the Pkg server: $failure")
    end
    return failures
end

"Download one package and check its tree hash. Returns `nothing`, or why it could not be done."
function download_package(server::String, depot::String, package::ManifestPackage)
    url = "$server/package/$(package.uuid)/$(package.tree_hash)"
    return download_tree(url, depot, package_folder(package), package.tree_hash, tree_hash)
end

"""
Download an archive from the Pkg server, whose content is to be `folder` of the depot and must give the tree hash `expected` by
`hash`. Returns `nothing`, or why it could not be done.
"""
function download_tree(url::String, depot::String, folder::String, expected::Base.SHA1, hash::Function)
    archive = string(tempname(), ".tar.gz")
    unpacked = tempname()
    try
        download_file(url, archive)
        unpack(archive, unpacked) || return "the archive is damaged"
        hash(unpacked) == expected || return "its content is not what the manifest asks for"
        target = joinpath(depot, folder)
        mkpath(dirname(target))
        fix_times(unpacked)
        # TMPDIR is inside the cache, so this is one atomic rename: an interrupted build leaves nothing half-done.
        mv(unpacked, target; force = true)
        note_checked(depot, folder)
        return nothing
    catch error
        error isa InterruptException && rethrow()
        return first_line(sprint(showerror, error))
    finally
        rm(archive; force = true)
        rm(unpacked; force = true, recursive = true)
    end
end

"Unpack an archive. Returns `false` if it is none."
function unpack(archive::String, folder::String)
    try
        work() = PKG.PlatformEngines.unpack(archive, folder; verbose = false)
        # Julia 1.12 brings it compiled. Older ones take 2 ms for a file if they interpret it.
        VERSION >= v"1.12" ? work() : compiled_as_usual(work)
        return true
    catch error
        error isa InterruptException && rethrow()
        return false
    end
end

"Fail if the Pkg server does not accept the token. Asked only if something could not be downloaded: that tells more."
function check_token(sources::Sources)
    server = package_server()
    file = tempname()
    try
        download_file("$server/registries", file)
    catch error
        error isa InterruptException && rethrow()
        text = sprint(showerror, error)
        occursin(r"(?:error: |HTTP/[\d.]+ )40[13]\b", text) || return
        throw(BuildError(string("the Pkg server $server does not accept the token in the secret $(sources.auth) (auth under [pkg]): ",
            first_line(text))))
    finally
        rm(file; force = true)
    end
end

"""
Let Pkg install what is left: it knows registries, git and every other way. It adds or updates registries as needed.
`failures` is what went wrong before, for the error.
"""
function instantiate(environment::String, failures::Vector{String} = String[])
    try
        PKG.activate(environment)
        compiled_as_usual(() -> IS_1_5 ? instantiate_1_5() : PKG.instantiate())
    catch error
        error isa InterruptException && rethrow()
        server = package_server()
        from = server === nothing ? "" : "\nThe Pkg server is $server ([pkg] server in the spec)."
        text = sprint(showerror, error)
        throw(BuildError(string("the packages could not be installed: ", text, fetch_hint(text), from, ("\n$failure" for failure in failures)...)))
    end
end
