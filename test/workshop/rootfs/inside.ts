import { type Outcome, run } from "host";

/** Runs a bash script in a root with a /proc, as in a container, in namespaces of its own. */
export function inside(root: string, script: string): Promise<Outcome> {
  const namespaces = ["--mount", "--uts", "--pid", "--fork", "--kill-child"];
  const enter = 'mount -t proc proc "$0/proc" && hostname container && exec chroot "$0" "$@"';
  const command = ["/bin/bash", "-c", script];
  return run(["unshare", ...namespaces, "sh", "-c", enter, root, ...command]);
}
