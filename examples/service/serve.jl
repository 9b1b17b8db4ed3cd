import Greetings
using Sockets

const visitors = "/data/visitors"

function answer(connection)
    readuntil(connection, "\r\n\r\n")
    count = (isfile(visitors) ? parse(Int, read(visitors, String)) : 0) + 1
    write(visitors, string(count))
    body = string(Greetings.greet("visitor"), " You are number ", count, ".\n")
    write(connection, "HTTP/1.0 200 OK\r\nContent-Length: $(sizeof(body))\r\n\r\n", body)
    close(connection)
end

server = listen(IPv4(0), parse(Int, ENV["PORT"]))
println("Listening")
while true
    answer(accept(server))
end
