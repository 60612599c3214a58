import { mkdirSync } from "node:fs";
import { type Host, removeTree } from "host";
import { onTestFinished } from "vitest";
import { openHost } from "../../kit/open-host.ts";

/**
 * Opens a host as a privileged container is one that has a cgroup namespace of its own: what it sees
 * as the root of all cgroups is another one, and its processes are in that.
 *
 * @param cgroup that one, as the machine sees it; it is made, and taken away with the test
 */
export async function openNestedHost(cgroup: string): Promise<Host> {
  mkdirSync(cgroup);
  onTestFinished(() => removeTree(cgroup));
  return openHost({ cgroup });
}
