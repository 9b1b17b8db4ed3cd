# Ends with 0 if the service answers: Julia alone, so that a small base needs no other program for it.
using Sockets

connection = connect(8080)
write(connection, "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
exit(contains(readline(connection), " 200") ? 0 : 1)
