module WorkloadTests
include("support.jl")
use("say", "settings", "files", "startup", "workload")

# Older ones are refused.
VERSION >= v"1.10" && @testset "what a workload compiles does not depend on the number of processors" begin
    command(threads) = withenv(() -> workload_command("/startup", ["/user", "/depot"]), "JULIA_IMAGE_THREADS" => threads)
    @test "JULIA_IMAGE_THREADS=4" in command(nothing).env
    @test "JULIA_IMAGE_THREADS=1" in command("1").env
    @test "JULIA_DEPOT_PATH=/user:/depot:" in command(nothing).env
end

end
