import Tally

write("result.txt", string(Tally.tally(["a", "b", "a"])["a"]))
options = Base.JLOptions()
println(pwd(), ": ", read("result.txt", String))
println("-O", options.opt_level, " --check-bounds=", options.check_bounds == 2 ? "no" : "other", " --threads=", Threads.nthreads())
