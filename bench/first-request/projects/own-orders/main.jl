import Orders
wait(first(Orders.start(parse(Int, ENV["PORT"]))))
