# docker buildx bake --push depot      when the manifest changes, or every night
# docker buildx bake --push services   for each commit
#
# Any builder of the pool may get a build, and has the cache mounts of those that ran on it. One job makes a depot with what
# all services need, on an empty file system, and every service starts from it.

variable "IMAGE" {
  default = "registry.example.com/team"
}

variable "COMMIT" {
  default = "local"
}

group "services" {
  targets = ["service"]
}

target "_julia" {
  dockerfile = "julia.toml"
  contexts = {
    depot-seed = "docker-image://${IMAGE}/depot:latest"
  }
}

# The folder everything/ has a Project.toml that depends on what the services depend on.
target "depot" {
  inherits = ["_julia"]
  context  = "everything"
  target   = "depot"
  tags     = ["${IMAGE}/depot:latest"]
}

target "service" {
  inherits = ["_julia"]
  matrix = {
    name = ["mail", "print"]
  }
  name    = name
  context = "services/${name}"
  tags    = ["${IMAGE}/${name}:${COMMIT}"]
}
