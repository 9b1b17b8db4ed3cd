# A shelf of books, which is asked over HTTP and answers in JSON.
module Shelf

import HTTP, JSON3

const Book = @NamedTuple{title::String, year::Int}

const BOOKS = Dict{Int,Book}()
const ACCESS = ReentrantLock()

answer(status, value) = HTTP.Response(status, ["Content-Type" => "application/json"], JSON3.write(value))
shown(id, book) = (; id, book...)

list(_) = answer(200, lock(() -> [shown(id, BOOKS[id]) for id in sort!(collect(keys(BOOKS)))], ACCESS))

function find(request)
    id = tryparse(Int, HTTP.getparams(request)["id"])
    book = lock(() -> get(BOOKS, id, nothing), ACCESS)
    return book === nothing ? answer(404, (; error = "there is no such book")) : answer(200, shown(id, book))
end

function add(request)
    book = readbook(String(request.body))
    book === nothing && return answer(400, (; error = "a book has a title and a year"))
    id = lock(ACCESS) do
        BOOKS[length(BOOKS) + 1] = book
        return length(BOOKS)
    end
    return answer(201, shown(id, book))
end

"The book that a text in JSON describes, or `nothing`."
function readbook(text)
    try
        (; title, year) = JSON3.read(text)
        return Book((title, year))
    catch
        return nothing
    end
end

"Start to answer requests; returns the server, which `close` stops once every request has its answer."
function serve(port)
    router = HTTP.Router()
    HTTP.register!(router, "GET", "/health", _ -> answer(200, (; books = length(BOOKS))))
    HTTP.register!(router, "GET", "/books", list)
    HTTP.register!(router, "GET", "/books/{id}", find)
    HTTP.register!(router, "POST", "/books", add)
    return HTTP.serve!(router, "0.0.0.0", port)
end

function (@main)(args)
    Base.exit_on_sigint(false)
    server = serve(parse(Int, get(args, 1, "8080")))
    println("The shelf is open")
    try
        # Julia throws an interrupt in the task that ran last on the first thread (task_done_hook in base/task.jl):
        # this one wakes often to be it.
        while isopen(server)
            sleep(0.1)
        end
    catch error
        error isa InterruptException || rethrow()
    end
    close(server)
    println("The shelf is closed")
    return 0
end

end
