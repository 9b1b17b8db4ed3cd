# Pkg, loaded while a program is read. Julia 1.11 and newer have Pkg outside the system image: a
# function that is running already would not see its methods ("method too new to be called from this world context").
#
# It is loaded also where nothing but a download is needed, which Downloads and Tar do without it: Pkg brings their code in compiled
# form. To unpack and to hash a package of 40 files takes 3 s without that on Julia 1.12, while loading Pkg takes 0.4 s.

const PKG = Base.require(Base.PkgId(Base.UUID("44cfe95a-1eb2-52ea-b672-e2afdf69b78f"), "Pkg"))
