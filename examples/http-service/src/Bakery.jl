module Bakery

import Switchboard

const ORDERS = Dict{String,Int}()

function order(text::String)
    what, number = split(text, '=')
    ORDERS[what] = get(ORDERS, what, 0) + parse(Int, number)
    return list("")
end

list(_) = join(("$number × $what\n" for (what, number) in sort!(collect(ORDERS))))

routes() = Dict("POST /orders" => order, "GET /orders" => list)

function (@main)(args)
    server = Switchboard.serve(routes(), parse(Int, get(args, 1, "8080")))
    println("The bakery is open")
    while isopen(server)
        sleep(1)
    end
end

end
