import Stations

if length(ARGS) != 2
    println(stderr, "Name a file of readings and one for the summary.")
    exit(2)
end
Stations.run(ARGS...)
