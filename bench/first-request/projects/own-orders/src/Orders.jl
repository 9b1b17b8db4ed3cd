# A service that keeps orders in memory, with nothing but the standard libraries.
module Orders

using Sockets

const ORDERS = Dict{Int,String}()
const ACCESS = ReentrantLock()

struct Request
    method::String
    path::String
    headers::Dict{String,String}
    body::String
end

function read_request(connection::IO)
    method, path = split(readline(connection), ' ')
    headers = Dict{String,String}()
    while (line = readline(connection)) != ""
        name, value = split(line, ": "; limit = 2)
        headers[lowercase(name)] = value
    end
    body = String(read(connection, parse(Int, get(headers, "content-length", "0"))))
    return Request(method, path, headers, body)
end

shown() = join(("{\"id\":$id,\"text\":$(repr(ORDERS[id]))}" for id in sort!(collect(keys(ORDERS)))), ',')

function answer((; method, body)::Request)
    method == "GET" && return (200, lock(() -> "[$(shown())]", ACCESS))
    found = match(r"\"id\": (\d+), \"text\": \"([^\"]*)\"", body)
    found === nothing && return (400, "{}")
    lock(() -> ORDERS[parse(Int, found[1])] = found[2], ACCESS)
    return (201, body)
end

function serve(connection::IO)
    while isopen(connection) && !eof(connection)
        status, body = answer(read_request(connection))
        write(connection, "HTTP/1.1 $status \r\nContent-Type: application/json\r\nContent-Length: $(sizeof(body))\r\n\r\n$body")
    end
end

"Start to listen; returns the task, which ends when the server is closed, and the server."
function start(port::Int)
    server = listen(ip"127.0.0.1", port)
    task = @async while isopen(server)
        connection = accept(server)
        @async serve(connection)
    end
    return task, server
end

end
