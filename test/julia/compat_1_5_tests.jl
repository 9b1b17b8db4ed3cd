module Compat15Tests
include("support.jl")

if IS_1_5
    @testset "the hosts of a line of a known_hosts file" begin
        @test names_host("git.example.com,10.0.0.1", "10.0.0.1")
        @test names_host("[git.example.com]:2222", "git.example.com")
        @test !names_host("git.example.com", "example.com")
        # `ssh-keygen -H` of a line for git.example.com with the salt `salt`, in base64.
        salt = base64().base64encode("salt")
        hash = base64().base64encode(sha().hmac_sha1(Vector{UInt8}("salt"), "git.example.com"))
        @test names_host("|1|$salt|$hash", "git.example.com")
        @test !names_host("|1|$salt|$hash", "other.example.com")
    end

    @testset "a token is in a file that curl reads, not on its command line" begin
        TOKEN_FOLDER[] = mktempdir()
        command = string(curl_command("https://pkg.example.com/a", "/tmp/a", "Authorization: Bearer secret", "Julia-Version: 1.5"))
        @test !occursin("secret", command)
        @test occursin("Julia-Version: 1.5", command)
        file = header_file("Authorization: Bearer \"secret\\")
        @test read(file, String) == "header = \"Authorization: Bearer \\\"secret\\\\\"\n"
        @test filemode(file) & 0o777 == 0o600
    end
else
    @testset "is not included" begin
        @test !isdefined(@__MODULE__, :parse_toml_1_5)
    end
end
end
