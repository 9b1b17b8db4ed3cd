module Web

import Paper

page() = string("<p>", Paper.line("reader"), "</p>\n")

end # module Web
