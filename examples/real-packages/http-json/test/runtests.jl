import Shelf
using Test
include("ask.jl")

server = Shelf.serve(8080)

@testset "a book is put on the shelf and found again" begin
    @test contains(ask(8080, "POST", "/books", """{"title": "Emma", "year": 1815}"""), " 201 ")
    @test endswith(ask(8080, "GET", "/books/1"), """{"id":1,"title":"Emma","year":1815}""")
    @test endswith(ask(8080, "GET", "/books"), """[{"id":1,"title":"Emma","year":1815}]""")
end

@testset "what is no book is refused" begin
    @test contains(ask(8080, "POST", "/books", """{"title": "Emma"}"""), " 400 ")
    @test contains(ask(8080, "POST", "/books", "Emma"), " 400 ")
    @test contains(ask(8080, "GET", "/books/2"), " 404 ")
    @test contains(ask(8080, "GET", "/books/emma"), " 404 ")
end

close(server)
