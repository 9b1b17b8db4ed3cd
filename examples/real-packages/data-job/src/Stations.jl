# What weather stations measured, summed up by station.
module Stations

using CSV, DataFrames

"The table of readings as one of stations; a reading without a temperature does not count."
function summary(readings::DataFrame)
    measured = dropmissing(readings, :temperature)
    stations = combine(
        groupby(measured, :station),
        nrow => :readings,
        :temperature => minimum => :lowest,
        :temperature => (temperatures -> sum(temperatures) / length(temperatures)) => :mean,
        :temperature => maximum => :highest,
    )
    return sort!(stations, :station)
end

"Read the file `from`, write the summary to the file `to`, and say what was done."
function run(from::AbstractString, to::AbstractString)
    readings = CSV.read(from, DataFrame)
    stations = summary(readings)
    CSV.write(to, stations)
    println("$(nrow(readings)) readings of $(nrow(stations)) stations: $to")
    return nothing
end

end
