import path from "node:path";
import { repo } from "host";
import { type Check, expect, type Options, start } from "./check.ts";

/** Checks of the machines for those who have no Linux, or no root. */
export const labChecks: Check[] = [
  {
    id: "lab",
    title: "lab",
    needed: false,
    look: lookAtLab,
    type: "see docs/lab.md: only for those without root",
  },
  {
    id: "vagrant",
    title: "Vagrant",
    needed: false,
    look: () => {
      const version = start("vagrant", ["--version"]).stdout;
      return expect(version !== "", version || "not installed");
    },
    type: "see docs/lab.md: only for those without Linux or root",
  },
];

function lookAtLab({ lab }: Options): string {
  const command = ["--silent", "--dir", path.join(repo, "lab"), "lab"];
  const before = performance.now();
  const { stdout, stderr } = start("pnpm", [
    ...command,
    ...(lab ? ["uname", "-rm"] : ["--dry-run"]),
  ]);
  const seconds = ((performance.now() - before) / 1000).toFixed(1);
  // The last of its lines that is its own: before it tells what it makes, after it what the machine said
  const complaint = stderr
    .match(/^lab: .*/gm)
    ?.at(-1)
    ?.slice("lab: ".length);
  const actual = lab ? `ran Linux ${stdout} in ${seconds} s` : stdout;
  return expect(stdout !== "", stdout === "" ? (complaint ?? stderr) : actual);
}
