import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { runTool } from "../run-tool.ts";

/** The dynamic loader of each processor, at the path that its ABI prescribes. */
const LOADERS: Record<string, string> = {
  arm64: "/lib/ld-linux-aarch64.so.1",
  x64: "/lib64/ld-linux-x86-64.so.2",
};

/**
 * Lists the libraries that programs of this host need, and the dynamic loader itself. It asks the
 * loader, which looks a program through without starting it. `ldd` does the same, but takes four
 * times as long.
 */
export async function libraries(programs: string[]): Promise<string[]> {
  const loader = LOADERS[process.arch] ?? "";
  // These two may name folders that the container will not have.
  const script = `unset LD_LIBRARY_PATH LD_PRELOAD
    for program; do "$0" --list "$program"; done; true`;
  const lines = await runTool("sh", ["-c", script, loader, ...programs]);
  // "libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)" or "/lib64/ld-linux-x86-64.so.2 (0x…)"
  const paths = lines.flatMap((line) => /(\/.+) \(0x[0-9a-f]+\)$/.exec(line)?.[1] ?? []);
  const libc = paths.find((path) => path.endsWith("/libc.so.6"));
  if (!libc) throw new Error("there is no glibc here: try --from docker, or a tar file");

  // Up to glibc 2.33, this is loaded only when a name is looked up in /etc/passwd.
  const names = join(dirname(libc), "libnss_files.so.2");
  return [...new Set(existsSync(names) ? [...paths, names] : paths)];
}
