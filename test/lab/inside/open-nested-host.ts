import { mkdirSync } from "node:fs";
import { type Host, removeTree } from "host";
import { onTestFinished } from "vitest";
import { openHost } from "../../kit/open-host.ts";

/**
 * Opens a host that is like a privileged container with its own cgroup namespace: what it takes for
 * the root of all cgroups is another one, which its processes are in.
 *
 * @param cgroup that one, as the machine sees it; it is made, and taken away with the test
 */
export async function openNestedHost(cgroup: string): Promise<Host> {
  mkdirSync(cgroup);
  onTestFinished(() => removeTree(cgroup));
  return openHost({ cgroup });
}
