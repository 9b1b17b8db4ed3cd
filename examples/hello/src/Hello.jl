module Hello

import Letterpress
import Ropewalk

card(name::AbstractString) = Letterpress.press(name)
rope() = string("A rope of ", Ropewalk.length_of_rope(), " strands.")

end # module Hello
