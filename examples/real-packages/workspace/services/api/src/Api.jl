# The prices for programs, in JSON.
module Api

import HTTP, JSON3, Prices

prices() = JSON3.write([(; name, price = Prices.text(cents)) for (name, cents) in Prices.CENTS])

answer(_) = HTTP.Response(200, ["Content-Type" => "application/json"], prices())

end
