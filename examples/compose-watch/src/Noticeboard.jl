module Noticeboard

import Greetings
using Sockets

notice() = string(Greetings.greet("reader"), " There is nothing new.\n")

function serve(port::Integer)
    server = listen(IPv4(0), port)
    println("Listening")
    while true
        connection = accept(server)
        readuntil(connection, "\r\n\r\n")
        body = notice()
        write(connection, "HTTP/1.0 200 OK\r\nContent-Length: $(sizeof(body))\r\n\r\n", body)
        close(connection)
    end
end

end # module Noticeboard
