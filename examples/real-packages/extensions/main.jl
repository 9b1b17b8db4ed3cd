import Swatch
using Colors

names = isempty(ARGS) ? ["tomato", "teal"] : ARGS
println(Swatch.svg(parse.(Colorant, names)))
