import type { CommandLine } from "../command-line.ts";
import { KNOWN_OPTIONS } from "../init/mount-options.ts";
import { CAPABILITIES } from "../process/capabilities.ts";
import { ACTIONS, OPERATORS } from "../seccomp/filter.ts";

const SPECIFICATION = "1.0.2";

/** Prints the versions: an engine asks for them when it starts. */
export function version(): void {
  console.log(`13-oci version 1.0.0\nspec: ${SPECIFICATION}`);
}

/** Prints what this runtime can do, as the specification has it. */
export function features(_line: CommandLine): void {
  const linux = {
    namespaces: ["cgroup", "ipc", "mount", "network", "pid", "uts"],
    capabilities: CAPABILITIES,
    cgroup: { v1: true, v2: true, systemd: false, systemdUser: false, rdma: false },
    seccomp: {
      enabled: true,
      actions: Object.keys(ACTIONS),
      operators: Object.keys(OPERATORS),
      archs: ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"],
    },
    apparmor: { enabled: false },
    selinux: { enabled: false },
    intelRdt: { enabled: false },
  };
  const hooks = [
    ...["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"],
  ];
  const all = { ociVersionMin: "1.0.0", ociVersionMax: SPECIFICATION, hooks };
  console.log(JSON.stringify({ ...all, mountOptions: KNOWN_OPTIONS, linux }, null, 2));
}
