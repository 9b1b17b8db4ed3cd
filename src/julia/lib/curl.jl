# A few packages from the Pkg server by curl and tar, which Docker's official image of Julia has, as most base images. Where Pkg is no
# part of the system image (Julia 1.11 and newer) they have brought a package before Pkg is loaded, which takes 0.4 s, and its functions
# for it have been found. What cannot be had in this way is left to Pkg, which tries again, knows other places, and says what is wrong.

"More packages than so many are left to Pkg, which uses connections again and has compiled what unpacks."
const MOST_BY_CURL = 8

# A server that takes a connection and sends nothing should not hold up a build. Without `--disable`, what the base image has in a
# .curlrc would decide. Pkg sends the same headers and more (`get_metadata_headers` in its PlatformEngines.jl).
const CURL_OPTIONS = [
    "--disable", "--silent", "--fail", "--location", "--parallel", "--globoff",
    "--connect-timeout", "10", "--speed-limit", "1", "--speed-time", "20",
    "--header", "Julia-Pkg-Protocol: 1.0", "--header", "Julia-Version: $VERSION"]

"Download these packages into the depot. Those that it lacks afterwards could not be had."
function download_by_curl(depot::String, packages::Vector{ManifestPackage})
    server = package_server()
    # What stands before the host may be a password, and arguments of a program can be read by everyone on the machine.
    (server === nothing || occursin('@', server)) && return
    curl, tar = Sys.which("curl"), Sys.which("tar")
    (curl === nothing || tar === nothing) && return
    folder = mktempdir()
    archives = String[joinpath(folder, "$number.tar.gz") for number in 1:length(packages)]
    run_quietly(String[curl; CURL_OPTIONS; transfers(server, packages, archives)])
    for (number, package) in enumerate(packages)
        is_put = unpack_by_tar(tar, archives[number], depot, package)
        is_put && say_downloaded(package, number, length(packages))
    end
    rm(folder; force = true, recursive = true)
end

function transfers(server::String, packages::Vector{ManifestPackage}, archives::Vector{String})
    arguments = String[]
    for (number, package) in enumerate(packages)
        push!(arguments, "--output", archives[number], package_url(server, package))
    end
    return arguments
end

# An archive can be anything until its content gave its hash: tar leaves out what would be outside of the folder, and gives nothing an
# owner or more rights than it has itself.
function unpack_by_tar(tar::String, archive::String, depot::String, package::ManifestPackage)
    isfile(archive) || return false
    unpacked = mkdir(String(chop(archive; tail = length(".tar.gz"))))
    command = String[tar, "--extract", "--gzip", "--file", archive, "--directory", unpacked, "--no-same-owner", "--no-same-permissions"]
    run_quietly(command) || return false
    try
        return put_in_depot(unpacked, depot, package_folder(package), package.tree_hash, tree_hash)
    catch error
        # What tar makes of an archive need not be files, links and folders.
        error isa InterruptException && rethrow()
        return false
    end
end

"Run a program that is to say nothing. Returns whether it succeeded."
run_quietly(command::Vector{String}) = success(pipeline(Cmd(command); stdin = devnull, stdout = devnull, stderr = devnull))
