// Packages that run while they are compiled what they will run later.
import { stdlib, using, versions } from "../define.ts";

/**
 * As PrecompileTools.jl does with `@compile_workload`, without being it. From Julia 1.9 on the native code is kept; the
 * functions have no `precompile` statement, so that nothing else can have brought it there.
 */
export const FURNACE = versions("Furnace", ["1.0.0"], {
  body: `
struct Coal
    grams::Int
end

@noinline burn(coal::Coal, table::Dict{Symbol,Vector{Coal}}) = sum(each -> each.grams, push!(get!(table, :coals, Coal[]), coal))

@noinline glow(number::Int) = burn(Coal(number), Dict{Symbol,Vector{Coal}}())

ccall(:jl_generating_output, Cint, ()) == 1 && Base.invokelatest(glow, 7)`,
});

/** The one macro of the real package that a workload needs, as far as Julia 1.12 needs it. */
export const PRECOMPILE_TOOLS = versions("PrecompileTools", ["1.3.0"], {
  compat: { julia: "1.10" },
  body: `
export @compile_workload

const TAGS = VERSION >= v"1.12"

tag() = TAGS && ccall(:jl_tag_newly_inferred_enable, Cvoid, ())
untag() = TAGS && ccall(:jl_tag_newly_inferred_disable, Cvoid, ())

macro compile_workload(work)
    return quote
        if ccall(:jl_generating_output, Cint, ()) == 1
            tag()
            try
                $(esc(work))
            finally
                untag()
            end
        end
    end
end`,
});

/** Has code that nothing compiles before it is called. */
export const KILN = versions("Kiln", ["1.0.0"], {
  compat: { julia: "1.10" },
  deps: using("PrecompileTools"),
  body: `
@noinline fire(bricks::Dict{String,Vector{Int}}) = sum(sum, values(bricks))

@noinline bake(number::Int) = fire(Dict("bricks" => collect(1:number)))`,
});

/** As much of a web framework as an example needs: routes, a server, and a client that closes the connection. */
export const SWITCHBOARD = versions("Switchboard", ["1.0.0"], {
  compat: { julia: "1.10" },
  deps: { ...using("PrecompileTools"), ...stdlib("Sockets") },
  body: `
using Sockets

"Answer requests by the function that the request's method and path name; returns the server, which \`close\` stops."
function serve(routes::AbstractDict, port::Integer)
    server = listen(ip"0.0.0.0", port)
    @async while isopen(server)
        connection = accept(server)
        @async answer(routes, connection)
    end
    return server
end

function answer(routes::AbstractDict, connection::IO)
    method, path = split(readline(connection), ' ')
    size = 0
    while (line = readline(connection)) != ""
        name, value = split(line, ": "; limit = 2)
        lowercase(name) == "content-length" && (size = parse(Int, value))
    end
    action = get(routes, "$method $path", nothing)
    status, text = action === nothing ? (404, "There is no $path\n") : (200, action(String(read(connection, size))))
    write(connection, "HTTP/1.0 $status \r\nContent-Length: $(sizeof(text))\r\n\r\n$text")
    close(connection)
end

"Ask a server on this machine; returns the text of the answer."
function request(port::Integer, method::String, path::String, text::String = "")
    connection = connect(ip"127.0.0.1", port)
    write(connection, "$method $path HTTP/1.0\r\nContent-Length: $(sizeof(text))\r\n\r\n$text")
    head, body = split(read(connection, String), "\r\n\r\n"; limit = 2)
    return String(body)
end`,
});
