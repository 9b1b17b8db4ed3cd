# What a manifest names, and what of it the cache has, as far as that can be said without Pkg.

"What a manifest names, and what of it the cache lacks."
struct Wanted
    "What is compiled by itself."
    packages::Vector{ManifestPackage}
    "What is installed only, and compiled with the project."
    extra::Vector{ManifestPackage}
    absent::Vector{ManifestPackage}
end

"Packages that the image needs but that can be compiled only with the project, as entries of a manifest."
install_only(settings::AbstractDict) =
    ManifestPackage[manifest_package(entry["name"], entry) for entry in settings["install-only"]]

function read_wanted(settings::AbstractDict, manifest::String)
    packages, with_folders = split_by_folders(read_manifest(manifest))
    extra = ManifestPackage[install_only(settings); filter(in_depot, with_folders)]
    installed = filter(in_depot, [packages; extra])
    allow_garbage_collection_for(length(lacking(settings["depot"], installed)), length(installed))
    absent = absent_packages(settings["depot"], installed)
    say(string(plural(length(installed), "package"), " in the manifest, ", length(absent), " to download"))
    isempty(absent) || !settings["offline"] ||
        throw(BuildError("the cache lacks $(names_of(absent)), and offline under [pkg] forbids to download"))
    return Wanted(packages, extra, absent)
end

all_packages(wanted::Wanted) = [wanted.packages; wanted.extra]

"Those of these packages that the cache lacks. A folder with another content than it should have is removed."
absent_packages(depot::String, packages::Vector{ManifestPackage}) =
    filter(package -> !check_folder(depot, package_folder(package), package.tree_hash), packages)

"Those of these packages that are not in the cache: what is there was checked when it was put there, or is checked later."
lacking(depot::String, packages::Vector{ManifestPackage}) =
    filter(package -> !isdir(joinpath(depot, package_folder(package))), packages)

# The Pkg server protocol serves a package as /package/<uuid>/<tree hash>. The manifest names both, so no registry has to be
# downloaded, unpacked or updated for packages that the server has.
package_url(server::String, package::ManifestPackage) = "$server/package/$(package.uuid)/$(package.tree_hash)"

names_of(packages::Vector{ManifestPackage}) = join((package.name for package in packages), ", ", " and ")

with_version(package::ManifestPackage) = string(package.name, package.version === nothing ? "" : " $(package.version)")

say_downloaded(package::ManifestPackage, number::Int, all::Int) = say("  downloaded [$number/$all] $(with_version(package))")
