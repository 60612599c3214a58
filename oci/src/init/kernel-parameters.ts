import { writeFileSync } from "node:fs";
import { setdomainname, sethostname } from "shared-native";
import type { Config } from "../config/config.ts";
import { hasOwn } from "../container/namespaces.ts";

/** Settings in /proc/sys that each namespace has for itself. All others are the host's. */
const OWN = {
  ipc: /^(kernel\.(msg\w+|sem|shm\w+)|fs\.mqueue\.\w+)$/,
  network: /^net\.[\w.-]+$/,
  uts: /^kernel\.(domainname|hostname)$/,
} as const;

/**
 * Sets what the container's kernel parameters and names are, through the host's /proc: the kernel takes
 * those of the namespaces that this process is in.
 *
 * @throws {Error} for one that would change the host
 */
export function setKernelParameters({ linux, hostname, domainname, process: program }: Config) {
  const { namespaces, sysctl } = linux;
  for (const [name, value] of Object.entries(sysctl ?? {})) {
    const key = name.replaceAll("/", ".");
    const types = Object.entries(OWN).filter(([, pattern]) => pattern.test(key));
    if (!types.some(([type]) => hasOwn(namespaces, type as keyof typeof OWN))) {
      throw new Error(`linux.sysctl: ${key} is not the container's own: it would change the host`);
    }
    writeFileSync(`/proc/sys/${key.replaceAll(".", "/")}`, value);
  }
  if ((hostname || domainname) && !hasOwn(namespaces, "uts")) {
    throw new Error("hostname: without a UTS namespace of its own, it would change the host");
  }
  if (hostname) sethostname(hostname);
  if (domainname) setdomainname(domainname);
  const score = program?.oomScoreAdj;
  if (score !== undefined) writeFileSync("/proc/self/oom_score_adj", `${score}`);
}
