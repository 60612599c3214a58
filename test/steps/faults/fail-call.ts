import { type Host, openHost, repo } from "host";
import { asksForProcessors, type Call, subjectOf } from "./calls.ts";
import { startHeld, type Target } from "./start-held.ts";
import { watchHost } from "./watch-host.ts";

/** A call that fails with an errno, or at which its process is killed. */
export interface Case extends Target {
  call: Call;
  fault: string;
}

/** The result of such a case. */
export interface Result extends Case {
  status: number | string | null;
  /** The lines on stderr, without those that each run has. */
  said: string[];
  /** New things on the host, and those of them that `pnpm workshop clean` does not take away. */
  stays: string[];
  staysAfterClean: string[];
}

/** Runs a stage on a new host, and makes one call fail. */
export async function failCall(one: Case): Promise<Result> {
  for (;;) {
    const outcome = await failNth(one);
    if (outcome) return outcome;
  }
}

/** @returns undefined when strace has counted a call too many, and another one failed */
async function failNth(one: Case): Promise<Result | undefined> {
  const host = await openHost({ isSealed: true });
  try {
    const differences = await watchHost(host);
    const options = (pid: string) => injection(host, one, pid);
    const { status, stderr, trace } = await startHeld(host, one, options);
    const isHit = wasHit(one.call, trace);
    if (!isHit && asksForProcessors(trace)) return undefined;
    if (status === "hung") return { ...one, status, said: [], stays: [], staysAfterClean: [] };
    if (!isHit) throw new Error(`missed ${one.call.name}(${one.call.args}: ${trace}`);
    const lines = stderr.split("\n");
    const said = lines.filter(
      (line) => !/^$|^held |^Running (main|child) |^the container has /.test(line),
    );
    const stays = await differences();
    const staysAfterClean = stays.length === 0 ? [] : await clean(host, differences);
    return { ...one, status, said, stays, staysAfterClean };
  } finally {
    await host.close();
  }
}

async function injection(host: Host, { mode, call, fault }: Case, pid: string): Promise<string[]> {
  const follow = call.inFork ? ["--follow-forks"] : [];
  const inject = (nth: number) => [
    `--trace=${call.name}`,
    `--inject=${call.name}:${fault === "SIGKILL" ? "signal" : "error"}=${fault}:when=${nth}`,
  ];
  const [, program = ""] = /^"([^"]*)"/.exec(call.args) ?? [];
  // What child() forks becomes the command, by more than one execve, unless it is a program such as ip
  const runsToItsEnd = mode === "run" || program.startsWith("/usr/sbin/");
  if (call.inFork && call.name === "execve" && runsToItsEnd) {
    // Only what it executes itself, and of that only this: run() of stage 05 has two forks
    return [...follow, "--detach-on=execve", `--trace-path=${program}`, ...inject(1)];
  }
  // Between such calls, Node reads from the pipes of programs that it runs, as often as they say something
  const [setting] = /(?<=^\d+<)\/proc\/sys\/[^>]*/.exec(call.args) ?? [];
  if (setting) return [`--trace-path=${setting}`, ...inject(1)];
  const joins = call.name === "write" && /\/(cgroup\.procs|tasks)>/.test(call.args);
  if (!joins) return [...follow, ...inject(call.nth)];
  // A write to the cgroup, which child() got as descriptor 3, or to the one that it goes back to: the
  // shell that it becomes, or starts, makes others itself
  const [own = ""] = /(?<=^\d+<)\/[^>]*/.exec(call.args) ?? [];
  const { stdout } = await host.run("readlink", `/proc/${pid}/fd/3`);
  const file = own.includes("/container-") ? stdout.trim() : own;
  return [...follow, `--trace-path=${file}`, ...inject(call.nthOfSubject)];
}

/** Tells whether strace's injection hit the call that was meant, in each process that makes it. */
export function wasHit(call: Call, trace: string): boolean {
  const hits = trace.split("\n").filter((line) => / \(INJECTED\)$| = \?$/.test(line));
  // From stage 08 on, run() has several watchers, which are killed at the same call
  const isOnce = hits.length === 1 || (call.inFork && call.name === "execve");
  const isMeant = hits.every((hit) => {
    const [, name, args = ""] = /(\w+)\((.*)$/.exec(hit) ?? [];
    return name === call.name && subjectOf(args) === subjectOf(call.args);
  });
  return hits.length > 0 && isOnce && isMeant;
}

async function clean(host: Host, differences: () => Promise<string[]>): Promise<string[]> {
  await host.run("pnpm", `--dir=${repo}`, "workshop", "clean");
  return differences();
}
