import Orders, Sockets
_, server = Orders.start(8099)
client = Sockets.connect("127.0.0.1", 8099)
body = "{\"id\": 1, \"text\": \"first\"}"
write(client, "POST /orders HTTP/1.1\r\nContent-Length: $(sizeof(body))\r\n\r\n$body")
readline(client)
close(client)
close(server)
empty!(Orders.ORDERS)
