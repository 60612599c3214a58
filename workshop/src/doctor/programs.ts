import { ffiName, unshare } from "shared-native";
import { findProgram } from "../rootfs/sources/host-programs.ts";
import { type Check, expect, start } from "./check.ts";

/** Checks of the programs that run the code of a stage. */
export const programChecks: Check[] = [
  {
    id: "node",
    title: "Node",
    needed: true,
    look: () => {
      const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
      const hasExecve = major > 22 || (major === 22 && minor >= 15);
      const actual = `${process.versions.node}${hasExecve ? "" : ": for stages 1 to 5, the others want 22.15"}`;
      return expect(major > 20 || (major === 20 && minor >= 19), actual);
    },
    type: "pnpm install",
  },
  {
    id: "pnpm",
    title: "pnpm",
    needed: true,
    look: () => {
      const version = start("pnpm", ["--version"]).stdout;
      return expect(Number.parseInt(version, 10) >= 10, version || "not found");
    },
    type: "npm install --global pnpm@12",
  },
  {
    id: "ffi",
    title: "FFI",
    needed: true,
    look: () => {
      unshare(0); // a system call that changes nothing
      return `${ffiName} calls libc`;
    },
    type: "pnpm install",
  },
  {
    id: "network",
    title: "network",
    needed: false,
    look: () => {
      const missing = ["ip", "nft"].filter((name) => !findProgram(name));
      const actual = missing.length > 0 ? `no ${missing.join(", no ")}: for stage 9` : "ip, nft";
      return expect(missing.length === 0, actual);
    },
    type: "apt-get install iproute2 nftables",
  },
];
