import { uts } from "./01-uts.ts";
import { reexec } from "./02-reexec.ts";
import { pidMntChroot } from "./03-pid-mnt-chroot.ts";
import { unshareProc } from "./04-unshare-proc.ts";
import { cgroups } from "./05-cgroups.ts";
import { pivotRoot } from "./06-pivot-root.ts";
import { devices } from "./07-devices.ts";
import { overlay } from "./08-overlay.ts";
import { network } from "./09-network.ts";
import { limits } from "./10-limits.ts";
import { privileges } from "./11-privileges.ts";
import { rootless } from "./12-rootless.ts";
import { oci } from "./13-oci.ts";
import type { Stage } from "./stage.ts";

/** The stages, in the order of the course. */
export const stages: [Stage, ...Stage[]] = [
  uts,
  reexec,
  pidMntChroot,
  unshareProc,
  cgroups,
  pivotRoot,
  devices,
  overlay,
  network,
  limits,
  privileges,
  rootless,
  oci,
];

/** Those that start a container by themselves. The last is called by others to do that. */
export const containerStages = stages.filter((stage) => stage !== oci);

/** Those of them whose container has a root of its own: ubuntu-fs, or one that is like it. */
export const rootedStages = containerStages.filter(({ root }) => root !== "host");
