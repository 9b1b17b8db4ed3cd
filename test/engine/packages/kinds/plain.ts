// Packages of sources alone.
import { stdlib, using, versions } from "../define.ts";

export const COLOURS = versions("Colours", ["1.0.0", "1.1.0", "2.0.0"], {
  body: `
struct Colour
    red::UInt8
    green::UInt8
    blue::UInt8
end

const NAMED = Dict("teal" => Colour(0x00, 0x80, 0x80), "plum" => Colour(0x8e, 0x45, 0x85))

paint(text::AbstractString, name::AbstractString) =
    (c = NAMED[name]; string("\\e[38;2;", Int(c.red), ";", Int(c.green), ";", Int(c.blue), "m", text, "\\e[0m"))`,
});

export const GREETINGS = versions("Greetings", ["1.0.0", "1.1.0"], {
  deps: using("Colours"),
  compat: { Colours: "1.0" },
  body: `
import Colours

greet(name::AbstractString) = string("Hello, ", name, "!")
greet(name::AbstractString, colour::AbstractString) = Colours.paint(greet(name), colour)

precompile(greet, (String,))`,
});

export const TALLY = versions("Tally", ["0.9.0", "1.0.0", "1.2.0"], {
  weakDeps: using("Colours"),
  extensions: { TallyColoursExt: "Colours" },
  files: {
    "ext/TallyColoursExt.jl": `module TallyColoursExt

import Colours, Tally

Tally.label(colour::Colours.Colour) = string(colour.red, "/", colour.green, "/", colour.blue)

end # module TallyColoursExt
`,
  },
  body: `
label(x) = string(x)

function tally(items)
    counts = Dict{String,Int}()
    for item in items
        key = label(item)
        counts[key] = get(counts, key, 0) + 1
    end
    return counts
end

precompile(tally, (Vector{String},))`,
});

export const ALMANAC = versions("Almanac", ["1.0.0", "1.1.0"], {
  deps: { ...using("Tally"), ...stdlib("Dates") },
  compat: { Tally: "1.0" },
  body: `
import Dates, Tally

weekdays(dates) = Tally.tally(map(Dates.dayname, dates))`,
});

/** Takes a second or two to compile. */
export const ROPEWALK = versions("Ropewalk", ["1.0.0", "1.1.0"], {
  deps: using("Tally"),
  compat: { Tally: "1.0" },
  body: `
import Tally

function twist(seed::UInt32, turns::Int)
    state = seed
    for _ in 1:turns
        state = xor(state << 5, state >> 2, state * 0x9e3779b1)
    end
    return state
end

# Work done while compiling, so that a test can tell whether it was done again.
const STRANDS = [twist(UInt32(n), 20_000_000) for n in 1:24]

length_of_rope() = length(STRANDS)`,
});

/** Version 1.0.0 compiles, 1.1.0 does not. */
export const THORNBUSH = [
  ...versions("Thornbush", ["1.0.0"], { body: "thorns() = 3" }),
  ...versions("Thornbush", ["1.1.0"], {
    body: 'error("Thornbush cannot be compiled: it is all thorns")\nthorns() = 3',
  }),
];

export const LETTERPRESS = versions("Letterpress", ["1.0.0", "1.1.0"], {
  deps: using("Greetings", "Inkwell_jll"),
  compat: { Greetings: "1.0", Inkwell_jll: "1.0" },
  body: `
import Greetings, Inkwell_jll

press(name::AbstractString) = string(Greetings.greet(name), " (", Inkwell_jll.ink(), ")")`,
});
