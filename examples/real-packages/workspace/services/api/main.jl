import Api, HTTP

println("Listening")
HTTP.serve(Api.answer, "0.0.0.0", 8080)
