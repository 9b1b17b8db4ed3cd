# Pkg and the library of artifacts, loaded while a program is read. Julia 1.11 and newer have Pkg outside the system image: a
# function that is running already would not see its methods ("method too new to be called from this world context").

const PKG = Base.require(Base.PkgId(Base.UUID("44cfe95a-1eb2-52ea-b672-e2afdf69b78f"), "Pkg"))

# Julia 1.6 moved the functions that read Artifacts.toml from Pkg to a standard library of their own.
const ARTIFACTS = VERSION >= v"1.6" ?
    Base.require(Base.PkgId(Base.UUID("56f22d72-fd6d-98f1-02f0-08ddc0907c33"), "Artifacts")) : PKG.Artifacts
