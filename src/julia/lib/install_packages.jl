# Packages into the cache, with Pkg: from the Pkg server by their tree hash, and what it does not have from registries and git.

"Install packages. `BuildError` if something cannot be had."
function install_packages(depot::String, environment::String, packages::Vector{ManifestPackage}, sources::Sources)
    isempty(packages) && return
    failures = download_packages(depot, packages)
    left = lacking(depot, packages)
    isempty(left) && return
    isempty(sources.auth) || check_token(sources)
    say("Asking the registries for $(names_of(left))")
    with_registries(() -> instantiate(environment, failures), depot, sources)
    for package in left
        check_folder(depot, package_folder(package), package.tree_hash) ||
            throw(BuildError("$(package.name) could not be installed: Pkg left no $(package_folder(package))"))
    end
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
        failure === nothing && return say_downloaded(package, done, length(packages))
        say("  not from the Pkg server [$done/$(length(packages))] $(with_version(package)): $failure")
        is_absent(failure) || push!(failures, "$(with_version(package)) from the Pkg server: $failure")
    end
    return failures
end

"Download one package and check its tree hash. Returns `nothing`, or why it could not be done."
function download_package(server::String, depot::String, package::ManifestPackage)
    return download_tree(package_url(server, package), depot, package_folder(package), package.tree_hash, tree_hash)
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
        return put_in_depot(unpacked, depot, folder, expected, hash) ? nothing : "its content is not what the manifest asks for"
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
