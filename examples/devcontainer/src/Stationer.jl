module Stationer

import Letterpress
import Ropewalk

parcel(name::AbstractString) = string(Letterpress.press(name), ", tied with ", Ropewalk.length_of_rope(), " strands")

end # module Stationer
