import HTTP, Pages

println("Listening")
HTTP.serve(Pages.answer, "0.0.0.0", 8080)
