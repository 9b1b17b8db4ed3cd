# Writes colours as squares of an SVG. Without Colors it knows them as text alone.
module Swatch

"How a colour is written in an SVG."
code(colour::AbstractString) = colour

square(place, colour) = """<rect x="$(10 * place)" width="10" height="10" fill="$(code(colour))"/>"""

"An SVG with a square for each colour."
function svg(colours)
    squares = (square(place - 1, colour) for (place, colour) in enumerate(colours))
    return """<svg xmlns="http://www.w3.org/2000/svg">$(join(squares))</svg>"""
end

end
