# Artifacts of the packages, for the platform the build runs on.

# A standard library of the system image since Julia 1.6.
const ARTIFACTS = IS_1_5 ? PKG.Artifacts : Base.require(Base.PkgId(Base.UUID("56f22d72-fd6d-98f1-02f0-08ddc0907c33"), "Artifacts"))

const ARTIFACT_FILES = ("JuliaArtifacts.toml", "Artifacts.toml")

"One artifact that a package asks for."
struct Artifact
    name::String
    tree_hash::Base.SHA1
    lazy::Bool
    "Its entry: where it is to be had, and with which checksum."
    entry::Dict{String,Any}
    "The file that has the entry."
    toml::String
end

artifact_folder(artifact::Artifact) = joinpath("artifacts", string(artifact.tree_hash))

"What was found by `package_artifacts`, by folder: a package's own program that chooses is run once."
const KNOWN_ARTIFACTS = Dict{String,Vector{Artifact}}()

"Artifacts of the package at `root` for this platform."
package_artifacts(root::String) = get!(() -> find_artifacts(root), KNOWN_ARTIFACTS, root)

function find_artifacts(root::String)
    for name in ARTIFACT_FILES
        toml = joinpath(root, name)
        isfile(toml) && return sort!(selected_artifacts(root, toml); by = artifact -> artifact.name)
    end
    return Artifact[]
end

"Whether a package chooses its artifacts by a program of its own, as it can since Julia 1.7."
chooses_artifacts(root::String) = !IS_1_5 && isfile(joinpath(root, ".pkg", "select_artifacts.jl"))

# Pkg runs such a program in the active project, whose preferences it may ask for.
function selected_artifacts(root::String, toml::String)
    found = Artifact[]
    if chooses_artifacts(root)
        for (file, chosen) in compiled_as_usual(() -> PKG.Operations.collect_artifacts(root)), (name, entry) in chosen
            push!(found, Artifact(name, entry, file))
        end
        return found
    end
    for name in keys(parse_toml(toml))
        entry = ARTIFACTS.artifact_meta(name, toml)
        entry === nothing || push!(found, Artifact(name, entry, toml))
    end
    return found
end

Artifact(name, entry, toml) =
    Artifact(name, Base.SHA1(entry["git-tree-sha1"]), get(entry, "lazy", false), Dict{String,Any}(entry), toml)

"Every lazy artifact of these packages."
function lazy_artifacts(depot::String, packages::Vector{ManifestPackage})
    return LazyArtifact[LazyArtifact(id_of(package), string(artifact.tree_hash)) for package in packages
        for artifact in artifacts_of(depot, package) if artifact.lazy]
end

artifacts_of(depot::String, package::ManifestPackage) = package_artifacts(joinpath(depot, package_folder(package)))

"""
Note which lazy artifacts the packages fetched, by the compiled files that they were loaded from, and put the hidden ones back.
Returns the tree hashes of those that were fetched.
"""
function note_lazy_artifacts(depot::String, artifacts::Vector{LazyArtifact}, files::Vector{CompiledFile})
    fetched = Set{String}(artifact.tree_hash for artifact in artifacts if is_visible(depot, artifact.tree_hash))
    mkpath(lazy_notes(depot))
    for artifact in artifacts, file in files
        artifact.tree_hash in fetched && file.owner == artifact.package.uuid && touch(lazy_note(depot, file.path, artifact.tree_hash))
    end
    restore_hidden(depot)
    return fetched
end

"Lazy artifacts that some compiled file of their package is known to fetch: the ones at hand may be among these."
function noted_artifacts(depot::String)
    folder = lazy_notes(depot)
    return Set{String}(String(last(split(name, '+'))) for name in (isdir(folder) ? readdir(folder) : String[]))
end

"The artifacts of a package that are not lazy, and of the lazy ones those with these tree hashes."
needed_artifacts(depot::String, package::ManifestPackage, lazy::Set{String}) =
    filter(artifact -> !artifact.lazy || string(artifact.tree_hash) in lazy, artifacts_of(depot, package))

"An artifact that the cache lacks, and the package that asks for it."
const AbsentArtifact = Tuple{Artifact,ManifestPackage}

"The artifacts that the packages need and the cache lacks, by folder. One with another content than its tree hash names is removed."
function absent_artifacts(depot::String, packages::Vector{ManifestPackage}, lazy::Set{String})
    absent = Dict{String,AbsentArtifact}()
    for package in packages, artifact in needed_artifacts(depot, package, lazy)
        folder = artifact_folder(artifact)
        haskey(absent, folder) || check_folder(depot, folder, artifact.tree_hash) || (absent[folder] = (artifact, package))
    end
    return sort!(collect(absent); by = first)
end

"The lazy artifacts of packages that are installed, and of all their artifacts those that the cache lacks."
struct FoundArtifacts
    lazy::Vector{LazyArtifact}
    absent::Vector{Pair{String,AbsentArtifact}}
end

"Look for the artifacts of installed packages: with `all_lazy` for every lazy one, else for those that were fetched before."
function look_for_artifacts(depot::String, packages::Vector{ManifestPackage}, all_lazy::Bool)
    installed = filter(in_depot, packages)
    lazy = lazy_artifacts(depot, installed)
    return FoundArtifacts(lazy, absent_artifacts(depot, installed, all_lazy ? all_hashes(lazy) : noted_artifacts(depot)))
end

all_hashes(lazy::Vector{LazyArtifact}) = Set{String}(artifact.tree_hash for artifact in lazy)
