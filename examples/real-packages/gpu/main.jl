using CUDA

CUDA.functional() || error("there is no GPU, or no driver that CUDA can use: was the container started with --gpus?")
numbers = CUDA.ones(Float32, 1_000_000)
println("The sum on $(CUDA.name(CUDA.device())) is ", Int(sum(numbers)))
