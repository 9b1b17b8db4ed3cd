# The prices for people, as a page.
module Pages

import HTTP, Mustache, Prices

const LIST = Mustache.parse("<ul>{{#prices}}<li>{{name}}: {{price}}</li>{{/prices}}</ul>\n")

page() = Mustache.render(LIST, Dict("prices" => [Dict("name" => name, "price" => Prices.text(cents)) for (name, cents) in Prices.CENTS]))

answer(_) = HTTP.Response(200, ["Content-Type" => "text/html"], page())

end
