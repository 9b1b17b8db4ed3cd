# What things cost, in cents. Both services know it from here.
module Prices

const CENTS = ["pear" => 40, "plum" => 25]

"An amount of cents as text."
text(cents::Integer) = string(cents ÷ 100, '.', lpad(cents % 100, 2, '0'))

end
