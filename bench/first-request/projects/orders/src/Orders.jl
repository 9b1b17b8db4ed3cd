# A service that keeps orders in memory.
module Orders

import HTTP, JSON3

const ORDERS = Dict{Int,String}()
const ACCESS = ReentrantLock()

answer(status, value) = HTTP.Response(status, ["Content-Type" => "application/json"], JSON3.write(value))

function add(request)
    order = JSON3.read(String(request.body))
    lock(() -> ORDERS[order.id] = order.text, ACCESS)
    return answer(201, (id = order.id, text = order.text))
end

list(_) = answer(200, lock(() -> [(id = id, text = ORDERS[id]) for id in sort!(collect(keys(ORDERS)))], ACCESS))

"Start to listen; returns the server, which `close` stops."
function start(port::Int)
    router = HTTP.Router()
    HTTP.register!(router, "POST", "/orders", add)
    HTTP.register!(router, "GET", "/orders", list)
    return HTTP.serve!(router, "127.0.0.1", port)
end

end
