import Orders
wait(Orders.start(parse(Int, ENV["PORT"])))
