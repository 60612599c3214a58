import path from "node:path";
import { repo } from "host";
import { filesOfRoot } from "shared-native/loader/give-to-owner.cjs";
import { type Check, expect } from "./check.ts";

/** Checks who owns what is in the repo. */
export const ownerChecks: Check[] = [
  {
    id: "owner",
    title: "files",
    needed: false,
    look: () => {
      const [first = "", ...others] = filesOfRoot();
      const locked = `${path.relative(repo, first)} and ${others.length} more belong to root`;
      return expect(first === "", first ? locked : "all belong to the owner of the repo");
    },
    type: "sudo env PATH=$PATH pnpm workshop clean",
  },
];
