# docker buildx bake --push
#
# One image for each commit, and one for each branch, which is the seed of the next build of that branch. A branch that was
# never built starts from the main branch's.

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
