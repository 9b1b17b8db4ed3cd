import Hello

println(Hello.card(isempty(ARGS) ? "world" : ARGS[1]))
println(Hello.rope())
