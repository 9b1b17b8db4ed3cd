# The step for an image to work in. It holds the cache like the dependency step, and leaves what people need besides the depot: the
# registries of this build, in the depot in front of it, and a home folder, both with modes that let everyone write to them.
#
# Argument: the settings file.

include("../lib/version.jl")
include("../lib/interpreted.jl")
include("../lib/pkg.jl")
include("../lib/say.jl")
IS_1_5 && include("../lib/compat_1_5.jl")
include("../lib/settings.jl")
include("../lib/files.jl")
include("../lib/hold.jl")
include("../lib/temporary.jl")
include("../lib/access.jl")
include("../lib/registries.jl")
include("../lib/privileges.jl")

# Whoever made an entry of the folder itself is the only one who can remove it (inode(7), the sticky bit). Below, others must be
# able to: Pkg replaces registries by renaming.
"Let everyone write to a folder and to all that is below it."
function open_to_all(folder::String)
    visit_tree(folder) do path, _
        islink(path) && return
        chmod(path, isdir(path) || (filemode(path) & 0o100) != 0 ? 0o777 : 0o666)
    end
    chmod(folder, 0o1777)
end

function development(settings_file::String)
    settings = parse_toml(settings_file)
    depot, output = settings["depot"], settings["output"]
    hold_cache(depot)
    prepare_temporary(depot)
    sources = prepare_access(settings)
    user = find_identity(settings["user"])
    user_depot = string(output, settings["user-depot"])
    # A package that makes a scratch space does it here, whoever runs it.
    make_folders(joinpath(user_depot, "scratchspaces"))
    copy_registries(depot, joinpath(user_depot, "registries"), sources)
    home = settings["home"]
    isempty(home) || make_folders(string(output, home))
    for folder in (isempty(home) ? (user_depot,) : (user_depot, string(output, home)))
        open_to_all(folder)
        give(folder, user; recursive = true)
    end
    fix_times(output)
end

run_step(() -> development(ARGS[1]))
