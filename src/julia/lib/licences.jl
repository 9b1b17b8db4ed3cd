# The licence of a package, as far as the text of its licence file tells.

const LICENCE_FILE = r"^(?:licen[cs]e|copying)(?:[.-].*)?$"i

# How a licence begins or calls itself, and its name in the list of SPDX (https://spdx.org/licenses/). The order matters: some
# texts name others.
const LICENCE_MARKS = [
    r"GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3"i => "AGPL-3.0-only",
    r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3"i => "LGPL-3.0-only",
    r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1"i => "LGPL-2.1-only",
    r"GNU GENERAL PUBLIC LICENSE\s+Version 3"i => "GPL-3.0-only",
    r"GNU GENERAL PUBLIC LICENSE\s+Version 2"i => "GPL-2.0-only",
    r"Mozilla Public License,? Version 2\.0"i => "MPL-2.0",
    r"Apache License\s+Version 2\.0"i => "Apache-2.0",
    r"Permission is hereby granted, free of charge, to any person obtaining"i => "MIT",
    r"Permission to use, copy, modify, and(?:/or)? distribute this software"i => "ISC",
    r"Redistribution and use in source and binary forms[\s\S]*Neither the name"i => "BSD-3-Clause",
    r"Redistribution and use in source and binary forms"i => "BSD-2-Clause",
    r"This is free and unencumbered software released into the public domain"i => "Unlicense",
]

"SPDX name of the licence of the package in a folder, or `nothing` if it has no licence file or one that is not known."
function licence_of(folder::String)
    files = filter(name -> occursin(LICENCE_FILE, name) && isfile(joinpath(folder, name)), readdir(folder))
    # Two licences may mean both or either: nothing can be concluded.
    length(files) == 1 || return nothing
    text = String(read(joinpath(folder, first(files))))
    index = findfirst(mark -> occursin(mark.first, text), LICENCE_MARKS)
    return index === nothing ? nothing : LICENCE_MARKS[index].second
end
