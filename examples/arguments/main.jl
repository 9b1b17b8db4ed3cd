import Greetings

println(Greetings.greet("reader"), " The ", ENV["EDITION"], " edition is ", ENV["PRICE"], ".")
