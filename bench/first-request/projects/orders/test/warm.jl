import Orders, HTTP
server = Orders.start(8099)
HTTP.post("http://127.0.0.1:8099/orders", ["Content-Type" => "application/json"], "{\"id\": 1, \"text\": \"first\"}")
HTTP.get("http://127.0.0.1:8099/orders")
close(server)
empty!(Orders.ORDERS)
