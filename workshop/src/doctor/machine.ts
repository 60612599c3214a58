import { existsSync, readFileSync } from "node:fs";
import { release } from "node:os";
import path from "node:path";
import { changesFolder, typeOf } from "host";
import { advice, cgroupRoot, readMountinfo, requireUserNamespaces } from "shared-native";
import { isOverlay } from "../containers/is-overlay.ts";
import { type Check, expect, start, unlessRefused } from "./check.ts";

const OTHER_MACHINE = 'the lab has them: type "pnpm lab", or "vagrant up"';

/** Checks of the kernel, and of what it allows. */
export const machineChecks: Check[] = [
  {
    id: "linux",
    title: "Linux",
    needed: true,
    look: () => expect(process.platform === "linux", `${process.platform} ${release()}`),
    type: advice.linux,
  },
  {
    id: "root",
    title: "root",
    needed: true,
    look: () => expect(process.geteuid?.() === 0, `user ${process.geteuid?.() ?? "unknown"}`),
    type: advice.root("pnpm workshop doctor"),
  },
  {
    id: "namespaces",
    title: "namespaces",
    needed: true,
    look: lookAtNamespaces,
    type: OTHER_MACHINE,
  },
  {
    id: "rootless",
    title: "rootless",
    needed: false,
    look: () => {
      requireUserNamespaces();
      return 'for who is not root, "pnpm rootless" runs stages 1 to 4';
    },
    type: "see docs/linux-without-root.md",
  },
  {
    id: "cgroups",
    title: "cgroups",
    needed: true,
    look: () => unlessRefused(lookAtCgroups), // with v2, it may have to enable the controller
    type: OTHER_MACHINE,
  },
  {
    id: "propagation",
    title: "mounts",
    needed: false,
    look: () => {
      const root = readMountinfo().find(({ mountPoint }) => mountPoint === "/");
      const isShared = root?.propagation.some((tag) => tag.startsWith("shared:"));
      return expect(
        isShared,
        isShared ? "/ is shared" : "/ is private: the leak of stage 03 cannot be seen",
      );
    },
    type: "unshare --mount --propagation private sh -c 'mount --make-rshared / && exec bash'",
  },
  {
    id: "changes",
    title: changesFolder,
    needed: false,
    look: () => {
      const isUnfit = isOverlay(changesFolder);
      return expect(
        !isUnfit,
        isUnfit
          ? "is on an overlay, where stage 08 cannot put what its containers write"
          : "takes what containers write",
      );
    },
    type: "mount -t tmpfs tmpfs /var/tmp",
  },
];

function lookAtNamespaces(): string {
  // Others than root may not make them: that is the check above
  if (process.geteuid?.() !== 0) {
    const missing = ["uts", "pid", "mnt", "ipc"].filter(
      (name) => !existsSync(`/proc/self/ns/${name}`),
    );
    return expect(missing.length === 0, missing.join(", ") || "UTS, PID, mount and IPC, for root");
  }
  const flags = ["--uts", "--pid", "--mount", "--ipc", "--fork", "--mount-proc"];
  const { stderr } = start("unshare", [...flags, "true"]);
  return expect(stderr === "", stderr || "UTS, PID, mount and IPC");
}

function lookAtCgroups(): string {
  const root = cgroupRoot("pids");
  if (!existsSync(path.join(root, "cgroup.controllers"))) {
    const v1 = readMountinfo().filter(({ filesystemtype }) => filesystemtype === "cgroup");
    return `v1 at ${root}: ${v1.map(({ mountPoint }) => path.basename(mountPoint)).join(" ")}`;
  }
  const names = readFileSync(path.join(root, "cgroup.controllers"), "utf8").trim();
  if (!typeOf(root)?.includes("threaded")) return `v2 at ${root}: ${names}`;
  const usable = names.split(" ").filter((name) => /^(cpu|cpuset|perf_event|pids)$/.test(name));
  return `v2 at ${root}, as in a container: only ${usable.join(" ")}`;
}
