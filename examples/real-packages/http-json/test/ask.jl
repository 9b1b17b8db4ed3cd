# A request as a few lines with sockets: what a workload calls is kept in the image, and a client would be too.
using Sockets

"The text that the service on this machine answers, status line and headers too."
function ask(port, method, path, body = "")
    connection = connect(port)
    write(connection, "$method $path HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: $(sizeof(body))\r\n\r\n$body")
    return read(connection, String)
end
