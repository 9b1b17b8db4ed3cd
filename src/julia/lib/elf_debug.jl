# Copies of libraries without the information for debuggers, as `strip --strip-debug` makes them: of Julia's C++ code that is most
# of the bytes, and nothing but a debugger and the lines of C code in the trace of a crash need it.
#
# What is left moves together in the file, by whole pages: the loader maps pages of the file into memory. Addresses in memory stay as
# they are, so that only headers change. The headers of what was left out stay too, since others are counted from them.

"A part of a file, from its first byte to the one after its last."
struct Piece
    from::Int
    to::Int
    "Where the copy has it."
    target::Int
end

is_for_debuggers(elf::Elf, section::Section) = !is_loaded(section) && startswith(name_of(elf, section), ".debug_")

"Copy an ELF file without what is for debuggers. Returns the bytes of the copy."
function copy_without_debug(source::String, target::String)
    with_elf(source) do elf
        any(section -> is_for_debuggers(elf, section), elf.sections) || return copy_file(source, target)
        pieces = kept_pieces(elf)
        open(io -> write_pieces(io, elf, pieces, target), target, "w")
        set_mode(target, (filemode(source) & 0o100) != 0 ? 0o755 : 0o644)
        return filesize(target)
    end
end

"Everything but what is for debuggers, in the order of the file."
function kept_pieces(elf::Elf)
    header, parts = elf.header, segments(elf)
    page = Int(maximum(segment -> segment.alignment, parts; init = 16))
    ranges = Tuple{Int,Int}[(0, header.header_bytes)]
    push!(ranges, range(header.segments, Int(header.segment_bytes) * header.segment_count))
    push!(ranges, range(header.sections, Int(header.section_bytes) * header.section_count))
    append!(ranges, Tuple{Int,Int}[range(part.offset, part.bytes) for part in parts])
    append!(ranges, Tuple{Int,Int}[range(section.offset, section.bytes) for section in elf.sections
                                   if has_bytes(section) && !is_for_debuggers(elf, section)])
    return moved_together(merged(sort!(ranges), page), page)
end

range(from::Integer, bytes::Integer) = (Int(from), Int(from + bytes))

"Ranges that overlap, or have less than a page between them, as one."
function merged(ranges::Vector{Tuple{Int,Int}}, page::Int)
    found = Tuple{Int,Int}[]
    for (from, to) in ranges
        if !isempty(found) && from <= last(found)[2] + page
            found[end] = (found[end][1], max(found[end][2], to))
        else
            push!(found, (from, to))
        end
    end
    return found
end

function moved_together(ranges::Vector{Tuple{Int,Int}}, page::Int)
    pieces, free = Piece[], 0
    for (from, to) in ranges
        target = free + mod(from - free, page)
        push!(pieces, Piece(from, to, target))
        free = target + to - from
    end
    return pieces
end

"Where the copy has what is at a place of the file."
function target_of(pieces::Vector{Piece}, offset::Integer)
    piece = pieces[findlast(piece -> piece.from <= offset, pieces)]
    return piece.target + Int(offset) - piece.from
end

function write_pieces(io::IOStream, elf::Elf{Word}, pieces::Vector{Piece}, name::String) where {Word}
    header = elf.header
    for piece in pieces
        write_all(io, zeros(UInt8, piece.target - position(io)), name)
        write_all(io, read_at(elf.io, piece.from, piece.to - piece.from), name)
    end
    put_offset(io, pieces, FileHeader{Word}, :sections, 0, header.sections)
    for (index, segment) in enumerate(segments(elf))
        put_offset(io, pieces, typeof(segment), :offset, header.segments + (index - 1) * Int(header.segment_bytes), segment.offset)
    end
    for (index, section) in enumerate(elf.sections)
        place = header.sections + (index - 1) * Int(header.section_bytes)
        if is_for_debuggers(elf, section)
            seek(io, target_of(pieces, place))
            write_all(io, zeros(UInt8, header.section_bytes), name)
        elseif section.type != SECTION_NULL
            put_offset(io, pieces, typeof(section), :offset, place, section.offset)
        end
    end
end

"Write where the copy has something into a field of a header, which is at this place of the file."
function put_offset(io::IOStream, pieces::Vector{Piece}, Header::Type, field::Symbol, place::Integer, offset::Integer)
    index = findfirst(==(field), fieldnames(Header))
    seek(io, target_of(pieces, place) + fieldoffset(Header, index))
    write(io, fieldtype(Header, index)(target_of(pieces, offset)))
end
