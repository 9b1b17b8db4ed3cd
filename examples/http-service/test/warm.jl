# What the image is to be fast at from the first request on.
import Bakery, Switchboard

server = Switchboard.serve(Bakery.routes(), 8080)
Switchboard.request(8080, "POST", "/orders", "bun=2")
Switchboard.request(8080, "GET", "/orders")
close(server)
empty!(Bakery.ORDERS)
