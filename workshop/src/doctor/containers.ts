import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { findHierarchies, ubuntuFs } from "host";
import { findLeftovers } from "../clean/find-leftovers.ts";
import { isRootFileSystem } from "../requirements/root-file-system.ts";
import { type Check, expect, unlessRefused } from "./check.ts";

/** Checks of the root of the containers, and of what crashed ones have left. */
export const containerChecks: Check[] = [
  {
    id: "rootfs",
    title: "ubuntu-fs",
    needed: false,
    look: () => {
      if (!existsSync(ubuntuFs)) return "not there yet: stages make it when they start";
      expect(isRootFileSystem(ubuntuFs), "not finished");
      expect(statSync(ubuntuFs).uid === 0, "it is not root's");
      return expect(existsSync(path.join(ubuntuFs, "proc")), "there");
    },
    type: "pnpm rootfs",
  },
  {
    id: "leftovers",
    title: "leftovers",
    needed: false,
    look: () => unlessRefused(lookForLeftovers),
    type: "pnpm workshop clean",
  },
];

function lookForLeftovers(): string {
  const { crashed, mounts, cgroups, changes, network, running } = findLeftovers(findHierarchies());
  const lost = running.length > 0 ? [] : mounts;
  const count = crashed.length + lost.length + cgroups.length + changes.length + network.length;
  const parts = [
    `${crashed.length} containers`,
    `${lost.length} mounts`,
    `${cgroups.length} cgroups`,
    `${changes.length} folders`,
    ...(network.length > 0 ? [`${network.length} in the network`] : []),
  ];
  return expect(count === 0, count === 0 ? "none" : parts.join(", "));
}
