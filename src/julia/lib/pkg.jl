# Pkg, loaded while a program is read. Julia 1.11 and newer have Pkg outside the system image: a
# function that is running already would not see its methods ("method too new to be called from this world context").

const PKG = Base.require(Base.PkgId(Base.UUID("44cfe95a-1eb2-52ea-b672-e2afdf69b78f"), "Pkg"))
