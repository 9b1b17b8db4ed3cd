# The job itself, with a few lines of what it gets.
import Stations

Stations.run(joinpath(@__DIR__, "sample.csv"), tempname())
