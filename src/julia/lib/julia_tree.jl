# The part of Julia's folder that goes into the image, at the same path, with times that are the same in every build.

"Julia's folder as this step has it."
struct JuliaHome
    folder::String
    "The program."
    program::String
    system_image::String
end

function julia_home()
    program = realpath(joinpath(Sys.BINDIR, Base.julia_exename()))
    home = dirname(dirname(program))
    image = realpath(unsafe_string(Base.JLOptions().image_file))
    is_alone = basename(dirname(program)) == "bin" && !(home in ("/", "/usr", "/usr/local")) && is_below(image, home) &&
        is_below(realpath(Sys.STDLIB), home)
    is_alone || throw(BuildError("""
        the Julia of the base is not in a folder of its own, but has its files among those of the system: $program, $image.
        `base` under [image] needs a Julia that can be copied as a folder, as the official image and julialang.org have it."""))
    return JuliaHome(home, program, image)
end

"Copy a file to its place in the output, a library without what is for debuggers. Returns its bytes."
function put_file(output::String, file::String, home::JuliaHome)
    target = string(output, file)
    isfile(target) && return 0
    make_folders(dirname(target))
    # The trace of an error has the lines of Base from the system image.
    has_debug = is_elf(file) && file != home.system_image && occursin(r"\.so(\.|$)", basename(file))
    return has_debug ? copy_without_debug(file, target) : copy_file(file, target)
end

"The links of Julia's library folders whose files are in the output: libraries are opened by several names."
function put_links(output::String, home::JuliaHome)
    for folder in library_folders(home.folder), name in readdir(folder)
        path = joinpath(folder, name)
        # A Julia that was built with libraries of its system can have links to nothing, which nothing needs.
        leads_to_file = islink(path) && isfile(path)
        leads_to_file && isfile(string(output, realpath(path))) && put_link(string(output, path), readlink(path))
    end
end

put_link(path::String, target::String) = (make_folders(dirname(path)); symlink(target, path))

"Copy the sources of a standard library. Returns their bytes."
function put_library(output::String, folder::String)
    bytes = 0
    for name in filter(!is_left_out, readdir(folder))
        path = joinpath(folder, name)
        target = string(output, path)
        make_folders(dirname(target))
        bytes += isdir(path) ? copy_tree(path, target) : copy_file(path, target)
    end
    return bytes
end

"Files that are not found by what is loaded: settings of every start, certificates that Julia's downloads trust, licences."
function plain_files(home::JuliaHome)
    found = [joinpath(home.folder, "share", "julia", "cert.pem")]
    append!(found, joinpath.(home.folder, filter(name -> occursin(r"^(LICEN[SC]E|THIRDPARTY)"i, name), readdir(home.folder))))
    settings = joinpath(home.folder, "etc")
    isdir(settings) && visit_tree((path, _) -> isfile(path) && push!(found, path), settings)
    return filter(isfile, found)
end

"The name by which the image finds `julia`, if that is a link from elsewhere: a folder of the search path."
function put_program_link(output::String, home::JuliaHome)
    for folder in split(get(ENV, "PATH", ""), ':'; keepempty = false)
        path = joinpath(folder, "julia")
        isfile(path) || continue
        is_inside = is_below(realpath(folder), home.folder)
        is_inside || realpath(path) != home.program || put_link(string(output, path), home.program)
        return
    end
end
