# Julia 1.5 downloads with curl and gives it the token for the Pkg server on the command line, where every process of the
# machine can read it, and repeats that line in its errors. Here curl reads the token from a file. Newer versions download
# without another program.

"The folder in memory that holds the headers for curl; empty if there is no token."
const TOKEN_FOLDER = Ref("")

"Let Pkg's own downloads keep the token off the command line too."
function hide_token(folder::String)
    success(`curl --version`) || throw(BuildError("auth under [pkg] needs curl in the base image"))
    TOKEN_FOLDER[] = folder
    use_curl_command()
end

"Let Pkg's own downloads show no progress bar, which is control characters in the log of a build."
download_quietly() = Sys.which("curl") === nothing || use_curl_command()

function use_curl_command()
    engines = PKG.PlatformEngines
    # What follows would be replaced by the first call of this.
    engines.probe_platform_engines!()
    Core.eval(engines, Expr(:(=), :gen_download_cmd, curl_command))
end

is_secret(header::AbstractString) = startswith(header, "Authorization:")

"The command that downloads `url` to `path` with these headers."
function curl_command(url::AbstractString, path::AbstractString, headers::AbstractString...)
    shown = [part for header in headers if !is_secret(header) for part in ("--header", header)]
    hidden = [part for header in headers if is_secret(header) for part in ("--config", header_file(header))]
    return `curl --silent --show-error --fail --location $hidden $shown --output $path $url`
end

"A curl configuration (curl(1), --config) with one header."
function header_file(header::AbstractString)
    isempty(TOKEN_FOLDER[]) && error("there is no folder for tokens")
    path = joinpath(TOKEN_FOLDER[], string("curl-", string(Base._crc32c(header); base = 16)))
    if !isfile(path)
        open(io -> nothing, path, "w")
        chmod(path, 0o600)
        write(path, string("header = \"", replace(header, r"[\\\"]" => s"\\\0"), "\"\n"))
    end
    return path
end

"Download a file. Throws with curl's own words."
function download_by_curl(url::String, path::String)
    engines = PKG.PlatformEngines
    token = engines.get_auth_header(url)
    headers = [engines.get_metadata_headers(url); token === nothing ? String[] : [token]]
    words = IOBuffer()
    process = run(pipeline(ignorestatus(curl_command(url, path, headers...)); stdout = devnull, stderr = words))
    success(process) || error(strip(String(take!(words))))
end
