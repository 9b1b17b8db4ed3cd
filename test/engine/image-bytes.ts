import type { Engine } from "./engine-client.ts";

/** Links count for nothing, and a file once. Mounts of the container are none of the image. */
const program = `
  bytes = 0
  seen = Set{Tuple{UInt64,UInt64}}()
  for top in readdir("/"; join = true)
    (islink(top) || !isdir(top) || top in ("/dev", "/proc", "/sys")) && continue
    for (folder, _, names) in walkdir(top; onerror = identity), name in names
      info = lstat(joinpath(folder, name))
      (!isfile(info) || (info.device, info.inode) in seen) && continue
      push!(seen, (info.device, info.inode))
      global bytes += filesize(info)
    end
  end
  print(bytes)`;

/** Bytes of all files in an image that has Julia. */
export async function imageBytes(engine: Engine, image: string): Promise<number> {
  const command = ["run", "--rm", "--network=none", "--user=0", "--entrypoint=julia", image];
  const { stdout } = await engine.docker([...command, "--startup-file=no", "-e", program]);
  return Number(stdout);
}
