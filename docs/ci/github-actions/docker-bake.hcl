# docker buildx bake --push
#
# One image for each commit, which the branch has a tag for too. Builds start from the main branch's unless SEED names another.

variable "IMAGE" {
  default = "registry.example.com/team/app"
}

# Tag of this commit.
variable "COMMIT" {
  default = "local"
}

# Tag of the branch.
variable "BRANCH" {
  default = "main"
}

# Tag of the image to start from.
variable "SEED" {
  default = "main"
}

target "default" {
  dockerfile = "julia.toml"
  contexts = {
    depot-seed = "docker-image://${IMAGE}:${SEED}"
  }
  tags = ["${IMAGE}:${COMMIT}", "${IMAGE}:${BRANCH}"]
}
