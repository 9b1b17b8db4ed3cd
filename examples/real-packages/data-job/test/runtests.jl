import Stations
using DataFrames, Test

@testset "readings are summed up by station, those without a temperature left out" begin
    readings = DataFrame(station = ["hill", "hill", "harbour", "hill"], temperature = [1.0, missing, 3.0, 2.0])
    stations = Stations.summary(readings)
    @test stations.station == ["harbour", "hill"]
    @test stations.readings == [1, 2]
    @test stations.mean == [3.0, 1.5]
end
