import Greetings, Parcel

println(Greetings.greet("team"), " ", Parcel.label(), ".")
