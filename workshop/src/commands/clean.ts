import { confirm, isCancel } from "@clack/prompts";
import { findHierarchies } from "host";
import { findLeftovers, type Leftovers } from "../clean/find-leftovers.ts";
import { endContainer, removeLeftovers } from "../clean/remove-leftovers.ts";
import type { Container } from "../containers/find-containers.ts";
import { requireLinux } from "../requirements/require-linux.ts";
import { requireRootUser } from "../requirements/require-root-user.ts";
import { paint } from "../terminal/paint.ts";

interface Options {
  all: boolean;
  dryRun: boolean;
}

/** Runs `pnpm workshop clean`: takes away what crashed attempts left, and nothing else. */
export async function clean({ all, dryRun }: Options): Promise<void> {
  requireLinux();
  requireRootUser("pnpm workshop");
  const hierarchies = findHierarchies();
  const tell = (line: string) => console.log(`  ${paint("green", "✓")} ${line}`);
  let found = findLeftovers(hierarchies);
  for (const container of dryRun ? [] : found.running) {
    if (!all && !(await wantsToEnd(container))) continue;
    await endContainer(container);
    tell(`ended a running container: ${container.command}`);
  }
  found = findLeftovers(hierarchies);
  if (found.running.length > 0) {
    // What is mounted there may be theirs.
    found.mounts = [];
    for (const { command, main } of found.running) {
      console.log(`  · left alone: ${command}, PID ${main}, is running; --all ends it`);
    }
  }
  const nothing = Object.entries(found).every(
    ([kind, list]) => kind === "running" || list.length === 0,
  );
  if (nothing) console.log("  Nothing is left over.");
  else if (dryRun) tellAll(found);
  else await removeLeftovers(found, tell);
}

async function wantsToEnd({ command, main }: Container): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const message = `A container is running: ${command} (PID ${main}). End it?`;
  const answer = await confirm({ message, initialValue: false });
  return !isCancel(answer) && answer;
}

function tellAll({ crashed, mounts, cgroups, changes, network, files }: Leftovers): void {
  for (const { command, pids } of crashed)
    console.log(`  processes ${pids.join(", ")}: ${command}`);
  for (const mount of mounts) console.log(`  mount ${mount}`);
  for (const cgroup of cgroups) console.log(`  cgroup ${cgroup}`);
  for (const folder of changes) console.log(`  folder ${folder}`);
  for (const thing of network) console.log(`  ${thing}`);
  if (files.length > 0) console.log(`  ${files.length} files of root's, such as ${files[0]}`);
}
