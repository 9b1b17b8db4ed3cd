# Downloads from the Pkg server.

# Pkg brings what this takes in compiled form (Julia 1.10 to 1.12). Lifting the option would compile what other tasks do meanwhile.
"Download a file, with the token and the other headers of Pkg. Throws with what the server or the network said."
function download_file(url::String, path::String)
    IS_1_5 && return download_by_curl_1_5(url, path)
    return PKG.PlatformEngines.download(url, path; verbose = false)
end

const DOWNLOAD_TRIES = 3

"""
Run `attempt` until it returns `nothing`, three times at most. It returns what went wrong as text; that the server does not
have the thing, or does not give it, is final. Returns the last failure, or `nothing`.
"""
function retry_download(attempt::Function)
    for try_number in 1:DOWNLOAD_TRIES
        failure = attempt()
        failure === nothing && return nothing
        is_refusal(failure) && return failure
        try_number == DOWNLOAD_TRIES && return "$failure ($DOWNLOAD_TRIES tries)"
        sleep(try_number)
    end
end

# curl: "The requested URL returned error: 404"; Downloads.jl: "HTTP/1.1 404 Not Found while requesting …".
is_refusal(failure::String) = occursin(r"(?:error: |HTTP/[\d.]+ )4\d\d\b", failure)

is_absent(failure::String) = occursin(r"(?:error: |HTTP/[\d.]+ )(?:404|410)\b", failure)
