# Collections for programs that are interpreted.

# The methods of dictionaries and sets are interpreted too, 0.05 ms for each access, unless Julia brings them compiled for these very
# types. This one takes 0.01. Its keys can be of any type, and are the same if they have the same content and cannot change it: strings,
# UUIDs, identities of packages, tuples of these.
"A dictionary for what is looked up for each package."
const Lookup = IdDict{Any,Any}

# What has a `ccall` is compiled where the rest is interpreted, and Julia's vectors have some wherever they grow or are joined: for each
# type of elements 10 to 20 ms on Julia 1.12, `append!` 30 ms on 1.10. They are compiled for vectors of anything.
"A vector of elements of a type, which were gathered in one of anything."
function vector_of(type::Type, gathered::Vector{Any})
    found = Vector{type}(undef, length(gathered))
    for index in 1:length(gathered)
        found[index] = gathered[index]
    end
    return found
end
