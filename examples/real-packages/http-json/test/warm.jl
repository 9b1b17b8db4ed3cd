# What the image is to be fast at from the first request on.
import Shelf
include("ask.jl")

server = Shelf.serve(8080)
ask(8080, "GET", "/health")
ask(8080, "POST", "/books", """{"title": "Middlemarch", "year": 1871}""")
ask(8080, "GET", "/books/1")
ask(8080, "GET", "/books")
close(server)
empty!(Shelf.BOOKS)
