# Tests of what is pure in the Julia programs of the build. They run with the Julia at hand:
#
#   julia --startup-file=no test/julia/runtests.jl
#
# Each file is a module, so that it has only those programs that it includes.

using Test

@testset "the Julia programs" begin
    for file in filter(name -> endswith(name, "_tests.jl"), sort(readdir(@__DIR__)))
        @testset "$file" begin
            include(joinpath(@__DIR__, file))
        end
    end
end
