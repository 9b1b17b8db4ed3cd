module SwatchColorsExt

import Colors, Swatch

Swatch.code(colour::Colors.Colorant) = "#" * Colors.hex(colour)

end
