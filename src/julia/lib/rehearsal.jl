# The process that installs waits for the one that compiles. Meanwhile it does once, for a package of one empty file, what it is to do
# then for all: most of a first time is Julia's finding and compiling of methods, 0.1 s that a build would wait for.

const SMALL_PACKAGE = ManifestPackage("Small", Base.UUID(UInt128(1)), "1.0.0", Base.SHA1(zeros(UInt8, 20)), nothing, Base.UUID[], NO_EXTENSIONS)

"Lay out a depot of one package, in a folder for temporary files."
function rehearse_copying(layers::Layers, user::Identity)
    root = mktempdir()
    place = Place(joinpath(root, "depot"), joinpath(root, "user-depot"), joinpath(root, "output"), layers)
    compiled = joinpath(place.depot, "compiled", "v1", "Small", "small.ji")
    for file in (joinpath(place.depot, package_folder(SMALL_PACKAGE), "src", "Small.jl"), compiled)
        mkpath(dirname(file))
        write_whole(file, "")
    end
    report = joinpath(root, "report")
    write_report(report, [CompiledFile(SMALL_PACKAGE.uuid, compiled)])
    shares = shares_of(place, [SMALL_PACKAGE])
    make_part_folders(place)
    collect_outputs(place, shares, read_report(report))
    finish_outputs(place, shares, user)
end
