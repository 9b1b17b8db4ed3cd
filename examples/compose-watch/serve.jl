import Noticeboard

Noticeboard.serve(8080)
