# What an ELF file says of itself (elf(5); for versions the Linux Standard Base, "Symbol Versioning"): which libraries it needs,
# and which versions of their symbols. Read with Base alone, since no base image has the programs for it.
#
# The structures are those of elf.h, for files of 64 and of 32 bits. Their numbers are little-endian, as on every processor that there
# is an image of Julia for.

struct FileHeader{Word}
    identity::NTuple{16,UInt8}
    type::UInt16
    machine::UInt16
    version::UInt32
    entry::Word
    segments::Word
    sections::Word
    flags::UInt32
    header_bytes::UInt16
    segment_bytes::UInt16
    segment_count::UInt16
    section_bytes::UInt16
    section_count::UInt16
    names_section::UInt16
end

struct Section{Word}
    name::UInt32
    type::UInt32
    flags::Word
    address::Word
    offset::Word
    bytes::Word
    "The section that this one refers to, counted from 0."
    link::UInt32
    info::UInt32
    alignment::Word
    entry_bytes::Word
end

struct Segment64
    type::UInt32
    flags::UInt32
    offset::UInt64
    address::UInt64
    physical::UInt64
    bytes::UInt64
    memory::UInt64
    alignment::UInt64
end

struct Segment32
    type::UInt32
    offset::UInt32
    address::UInt32
    physical::UInt32
    bytes::UInt32
    memory::UInt32
    flags::UInt32
    alignment::UInt32
end

struct Symbol64
    name::UInt32
    info::UInt8
    other::UInt8
    section::UInt16
    value::UInt64
    bytes::UInt64
end

struct Symbol32
    name::UInt32
    value::UInt32
    bytes::UInt32
    info::UInt8
    other::UInt8
    section::UInt16
end

"What is needed of one library; a list of `NeedAux` belongs to it."
struct Need
    version::UInt16
    count::UInt16
    library::UInt32
    first::UInt32
    next::UInt32
end

struct NeedAux
    hash::UInt32
    flags::UInt16
    index::UInt16
    name::UInt32
    next::UInt32
end

"A version that a library has; the first `DefinitionAux` has its name."
struct Definition
    version::UInt16
    flags::UInt16
    index::UInt16
    count::UInt16
    hash::UInt32
    first::UInt32
    next::UInt32
end

struct DefinitionAux
    name::UInt32
    next::UInt32
end

const ELF_MAGIC = (0x7f, 0x45, 0x4c, 0x46)

# Values of sh_type, sh_flags, d_tag and vna_flags.
const SECTION_NULL = 0
const SECTION_DYNAMIC = 6
const SECTION_NO_BITS = 8
const SECTION_SYMBOLS = 11
const SECTION_VERSIONS_DEFINED = 0x6ffffffd
const SECTION_VERSIONS_NEEDED = 0x6ffffffe
const SECTION_VERSION_OF_SYMBOL = 0x6fffffff
const IS_LOADED = 2
const TAG_NEEDED = 1
const IS_WEAK = 2

"An open file with its sections; `Word` is the integer by which it counts bytes."
struct Elf{Word}
    io::IOStream
    header::FileHeader{Word}
    sections::Vector{Section{Word}}
    names::Vector{UInt8}
end

"A version of a library's symbols that a file needs, by the names that both have."
struct NeededVersion
    library::String
    version::String
    "By which the file's symbols refer to it."
    index::UInt16
end

is_elf(path::String) = open(io -> is_elf(read(io, 64)), path)

is_elf(start::Vector{UInt8}) = length(start) == 64 && Tuple(start[1:4]) == ELF_MAGIC

"Do `work` with the file."
with_elf(work::Function, path::String) = open(io -> work(read_elf(io)), path)

function read_elf(io::IOStream)
    start = read(io, 64)
    is_elf(start) || error("not an ELF file")
    return read_elf(io, start[5] == 2 ? UInt64 : UInt32, start)
end

function read_elf(io::IOStream, Word::Type, start::Vector{UInt8})
    header = value_at(FileHeader{Word}, start, 0)
    sections = values_in(Section{Word}, read_at(io, header.sections, Int(header.section_bytes) * header.section_count))
    isempty(sections) && return Elf{Word}(io, header, sections, UInt8[])
    names = sections[header.names_section + 1]
    return Elf{Word}(io, header, sections, read_at(io, names.offset, names.bytes))
end

"The structure at a place of the data."
function value_at(Type::Type, data::Vector{UInt8}, at::Integer)
    checkbounds(data, at + sizeof(Type))
    return GC.@preserve data unsafe_load(Ptr{Type}(pointer(data, at + 1)))
end

values_in(Type::Type, data::Vector{UInt8}) = collect(reinterpret(Type, data[1:(length(data) ÷ sizeof(Type) * sizeof(Type))]))

"The text that ends at the next zero."
function text_at(data::Vector{UInt8}, at::Integer)
    checkbounds(data, at + 1)
    last(data) == 0x00 || error("an ELF file has a table of names without an end")
    return GC.@preserve data unsafe_string(pointer(data, at + 1))
end

read_at(io::IOStream, offset::Integer, bytes::Integer) = (seek(io, offset); read(io, bytes))

content(elf::Elf, section::Section) = read_at(elf.io, section.offset, section.bytes)

name_of(elf::Elf, section::Section) = text_at(elf.names, section.name)

"The content of the section that has the names for this one."
names_for(elf::Elf, section::Section) = content(elf, elf.sections[section.link + 1])

is_loaded(section::Section) = section.flags & IS_LOADED != 0

has_bytes(section::Section) = section.type != SECTION_NULL && section.type != SECTION_NO_BITS

function section_of_type(elf::Elf, type::Integer)
    index = findfirst(section -> section.type == type, elf.sections)
    return index === nothing ? nothing : elf.sections[index]
end

function segments(elf::Elf{Word}) where {Word}
    header = elf.header
    data = read_at(elf.io, header.segments, Int(header.segment_bytes) * header.segment_count)
    return values_in(Word == UInt64 ? Segment64 : Segment32, data)
end

"The program that loads this one: the name of the C library's loader, or `nothing` for a library."
function interpreter(elf::Elf)
    index = findfirst(section -> name_of(elf, section) == ".interp", elf.sections)
    return index === nothing ? nothing : text_at(content(elf, elf.sections[index]), 0)
end

"Names of the libraries that are loaded with the file."
function needed_libraries(elf::Elf{Word}) where {Word}
    section = section_of_type(elf, SECTION_DYNAMIC)
    section === nothing && return String[]
    names = names_for(elf, section)
    return String[text_at(names, entry.value) for entry in values_in(@NamedTuple{tag::Word, value::Word}, content(elf, section))
                  if entry.tag == TAG_NEEDED]
end

"The versions of other libraries' symbols that the file needs; not those that it can do without."
function needed_versions(elf::Elf)
    found = NeededVersion[]
    section = section_of_type(elf, SECTION_VERSIONS_NEEDED)
    section === nothing && return found
    data, names = content(elf, section), names_for(elf, section)
    each_link(Need, data, 0) do need, at
        library = text_at(names, need.library)
        each_link(NeedAux, data, at + need.first) do version, _
            version.flags & IS_WEAK == 0 && push!(found, NeededVersion(library, text_at(names, version.name), version.index))
        end
    end
    return found
end

"The versions of symbols that a library has."
function defined_versions(elf::Elf)
    found = Set{String}()
    section = section_of_type(elf, SECTION_VERSIONS_DEFINED)
    section === nothing && return found
    data, names = content(elf, section), names_for(elf, section)
    each_link(Definition, data, 0) do definition, at
        push!(found, text_at(names, value_at(DefinitionAux, data, at + definition.first).name))
    end
    return found
end

"Call `visit` with each entry of a list and its place. Each says how far the next one is, 0 for none."
function each_link(visit::Function, Type::Type, data::Vector{UInt8}, at::Integer)
    while true
        entry = value_at(Type, data, at)
        visit(entry, at)
        entry.next == 0 && return
        at += entry.next
    end
end

"The first symbol that the file needs in this version, or `nothing`."
function symbol_of(elf::Elf{Word}, needed::NeededVersion) where {Word}
    versions, symbols = section_of_type(elf, SECTION_VERSION_OF_SYMBOL), section_of_type(elf, SECTION_SYMBOLS)
    (versions === nothing || symbols === nothing) && return nothing
    # The highest bit says that the symbol is hidden.
    index = findfirst(value -> value & 0x7fff == needed.index, values_in(UInt16, content(elf, versions)))
    index === nothing && return nothing
    symbol = values_in(Word == UInt64 ? Symbol64 : Symbol32, content(elf, symbols))[index]
    return text_at(names_for(elf, symbols), symbol.name)
end
