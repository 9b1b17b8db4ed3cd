module Paper

import Greetings

line(name) = Greetings.greet(name)

end # module Paper
