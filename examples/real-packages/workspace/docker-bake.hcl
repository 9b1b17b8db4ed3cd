group "default" {
  targets = ["api", "pages"]
}

target "api" {
  dockerfile = "julia.toml"
  args = { SERVICE = "api" }
  tags = ["shop-api"]
}

target "pages" {
  dockerfile = "julia.toml"
  args = { SERVICE = "pages" }
  tags = ["shop-pages"]
}
