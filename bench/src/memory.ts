import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf, repo } from "host";
import { type Command, tryOut, typed } from "./command.ts";
import { LAST_STAGE, withoutPnpm } from "./ours.ts";
import { GO_COMPILED } from "./peers.ts";
import type { Memory, Row } from "./results.ts";

/** Measures what run() and child() take up while a shell waits in the container. */
export async function measureMemory(): Promise<Row<Memory>[]> {
  const rows = [];
  for (const command of [withoutPnpm(LAST_STAGE), GO_COMPILED]) {
    const row = { name: command.name, typed: typed(command).replace("/bin/true", "/bin/sh") };
    const notHere = await tryOut(command);
    rows.push({ ...row, ...(notHere === undefined ? await measure(command) : { notHere }) });
  }
  return rows;
}

/**
 * Measures the PSS, which divides a shared page among the processes that share it. This benchmark
 * is a Node, too, and would bear a part of theirs: so they run a copy, which nothing else shares.
 */
async function measure({ line: [file = "", ...args], folder = repo }: Command): Promise<Memory> {
  const copy = path.join(repo, "bench/build/alone");
  mkdirSync(path.dirname(copy), { recursive: true });
  copyFileSync(path.resolve(folder, file), copy);
  const container = spawn(copy, args.with(-1, "/bin/sh"), {
    cwd: folder,
    stdio: ["pipe", "pipe", "ignore"],
  });
  try {
    container.stdin.write("echo ready\n");
    await Promise.race([once(container.stdout, "data"), once(container, "exit")]);
    await sleep(1000); // what start-up left to be done in the background is done then
    const run = container.pid ?? 0;
    return { run: mebibytesOf(run), child: mebibytesOf(childrenOf(run).at(-1) ?? 0) };
  } finally {
    container.stdin.end();
    if (container.exitCode === null) await once(container, "exit");
    rmSync(copy);
  }
}

function mebibytesOf(pid: number): number {
  const [, kibibytes] =
    /^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8")) ?? [];
  return Number((Number(kibibytes) / 1024).toFixed(1));
}
