# docker buildx bake --push app, and docker buildx bake test
#
# The tests and the image start from the image of the default branch. The tests run on the very layers that are pushed.

variable "IMAGE" {
  default = "registry.example.com/team/app"
}

# Tag of this commit.
variable "COMMIT" {
  default = "local"
}

# Tag of the image to start from, which the default branch pushes.
variable "SEED" {
  default = "latest"
}

# Further tag; empty: none.
variable "ALSO" {
  default = ""
}

target "_julia" {
  dockerfile = "julia.toml"
  contexts = {
    depot-seed = "docker-image://${IMAGE}:${SEED}"
  }
}

target "app" {
  inherits = ["_julia"]
  tags     = ALSO == "" ? ["${IMAGE}:${COMMIT}"] : ["${IMAGE}:${COMMIT}", "${IMAGE}:${ALSO}"]
}

target "test" {
  inherits = ["_julia"]
  target   = "test"
  output   = ["type=cacheonly"]
}
