module WorkloadTests
include("support.jl")
use("say", "settings", "files", "startup", "workload")

# Older ones are refused.
VERSION >= v"1.10" && @testset "a workload runs with the depots of the image" begin
    @test "JULIA_DEPOT_PATH=/user:/depot:" in workload_command("/startup", ["/user", "/depot"]).env
end

end
