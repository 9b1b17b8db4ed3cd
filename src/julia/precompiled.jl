# Runs in a process of its own (Julia 1.6 and newer): precompiles the active environment in parallel, as Pkg does it. Pkg shows
# every error once, at the end. Everything is installed; without saying so Pkg would look for a registry (Julia 1.7 and newer).

using Pkg

if VERSION >= v"1.7"
    Pkg.precompile(; strict = true, already_instantiated = true)
else
    Pkg.precompile(; strict = true)
end
