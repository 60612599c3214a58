import { type Result, run } from "../host/run.ts";

/** Runs a bash script in a root with a /proc, as in a container, in namespaces of its own. */
export function inside(root: string, script: string): Promise<Result> {
  const namespaces = ["--mount", "--uts", "--pid", "--fork", "--kill-child"];
  const enter = 'mount -t proc proc "$0/proc" && hostname container && exec chroot "$0" "$@"';
  const command = ["/bin/bash", "-c", script];
  return run(["unshare", ...namespaces, "sh", "-c", enter, root, ...command]);
}
