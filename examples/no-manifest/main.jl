import Greetings

println(Greetings.greet("reader"), " Greetings is ", Greetings.release(), ".")
