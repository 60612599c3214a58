import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { childrenOf, collect, repo, sendSignal, until } from "host";

/** A host for the transcripts of one page. */
export interface Lab {
  /** Its first process, as the machine numbers it. */
  pid: number;
  close(): Promise<void>;
}

/** Opens a disposable host. All that runs on it ends with it: it has a PID namespace. */
export async function openLab(): Promise<Lab> {
  const keeper = spawn(
    "unshare",
    [
      ...["--mount", "--uts", "--pid", "--fork", "--kill-child", "--propagation", "private"],
      path.join(import.meta.dirname, "disposable-host.sh"),
      repo,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const stderr = collect(keeper.stderr);
  const [ready] = await Promise.race([once(keeper.stdout, "data"), once(keeper, "exit")]);
  const [pid] = childrenOf(keeper.pid ?? 0);
  if (!Buffer.isBuffer(ready) || pid === undefined) {
    throw new Error(`no disposable host: ${stderr()}`);
  }
  return { pid, close: () => end(keeper, pid) };
}

async function end(keeper: ChildProcess, pid: number): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  // As when a terminal is closed: who has something to clean up does so, such as a cgroup
  for (const each of processesOf(pid)) sendSignal(each, "SIGHUP");
  await until("the end", () => processesOf(pid).length === 0, 10).catch(() => undefined);
  keeper.kill("SIGKILL");
  await once(keeper, "exit");
}

/** All processes of a lab, also those in containers, by a variable that every one inherits. */
function processesOf(lab: number): number[] {
  const pids = readdirSync("/proc").map(Number);
  return pids.filter((pid) => pid > 0 && environmentOf(pid).includes(`LAB=${lab}\0`));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return ""; // it has ended
  }
}
