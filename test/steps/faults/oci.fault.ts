import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Host, openHost } from "host";
import { describe, expect, it } from "vitest";
import { BUNDLE, makeRoot, newConfig, newName, runtimes } from "../../kit/bundles.ts";
import { type Call, callsIn, isOwn, subjectOf } from "./calls.ts";
import { errnos } from "./errnos.ts";
import { wasHit } from "./fail-call.ts";
import { COMMAND, startHeld, type Target, type Traced } from "./start-held.ts";
import { watchHost } from "./watch-host.ts";

// The runtime of stage 13, when a call fails, or its process is killed at it. Whoever kills a runtime, as an
// engine that ends, has it delete the container by force afterwards: nothing of that may be left then.

const [, ...OPTIONS] = runtimes.ours;

/** The containers: two at a time, and their cgroups are the machine's. */
const NAMES = { run: newName(), child: newName() };

/** Calls whose failure does not matter. */
const HARMLESS = [
  /WIFEXITED/, // libuv tries again
  /\/proc\/\d+\/stat/, // hooks are told the state that they are called in, whatever it was
];

describe.concurrent("leaves nothing when a call fails, or when it is killed at it, and is deleted", () => {
  it.each(["run", "child"] as const)("13-oci: %s", async (mode) => {
    const calls = await record(mode);
    expect(calls.length).toBeGreaterThan(20);
    const wrong: string[] = [];
    for (const call of calls) {
      const [errno = "EPERM"] = (errnos[call.name] ?? "").split(" ");
      for (const fault of [errno, "SIGKILL"]) {
        const why = await failCall(mode, call, fault);
        if (why) wrong.push(`${call.name} ${call.nth} ${subjectOf(call.args)}: ${fault}: ${why}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** Opens a host with a bundle, and a function that lists what is left there. */
async function open(mode: Target["mode"]) {
  const host = await openHost({ isSealed: true });
  await makeRoot(host);
  const name = NAMES[mode];
  const file = path.join(`/proc/${host.pid}/root`, BUNDLE, "config.json");
  writeFileSync(file, JSON.stringify(newConfig(COMMAND, name)));
  const words = ["run", ...OPTIONS, "--bundle", BUNDLE, name];
  const differences = await watchHost(host);
  const remove = () => host.run(...runtimes.ours, "delete", "--force", name);
  const target: Target = { stage: "13-oci", mode, words };
  const left = async () => [...(await differences()), ...(await traces(host, name))];
  return { host, target, remove, left };
}

/** Lists what is named after a container: its cgroups, in all hierarchies, and its folder. */
async function traces(host: Host, name: string): Promise<string[]> {
  const { stdout } = await host.run("find", "/sys/fs/cgroup", "/run/ours", "-name", name);
  return stdout.split("\n").filter(Boolean);
}

async function record(mode: Target["mode"]): Promise<Call[]> {
  const { host, target, left } = await open(mode);
  try {
    await startHeld(host, target, () => []); // what Node keeps in its cache, it has read by then
    const ending = await startHeld(host, target, () => []);
    expect({ status: ending.status }, ending.stderr).toEqual({ status: 0 });
    expect(await left()).toEqual([]);
    const calls = callsIn(ending, 0).filter(isOwn);
    return calls.filter(
      (call, index) => calls.findIndex((each) => kindOf(each) === kindOf(call)) === index,
    );
  } finally {
    await host.close();
  }
}

/** Returns what calls have in common that fail alike: 28 capabilities are dropped by one line of code. */
function kindOf({ name, args }: Call): string {
  const [first = ""] = args.split(", ");
  const what = first.startsWith("AT_FDCWD") ? subjectOf(args) : first;
  return `${name} ${what}`.replaceAll(/\d+/g, "#");
}

/** Makes one call fail. Returns what is wrong with the outcome, if anything is. */
async function failCall(mode: Target["mode"], call: Call, fault: string) {
  const { host, target, remove, left } = await open(mode);
  try {
    const ending = await startHeld(host, target, () => injection(call, fault));
    if (ending.status === "hung") return "it does not end";
    if (!wasHit(call, ending.trace))
      throw new Error(`missed ${call.name}(${call.args}: ${ending.trace}`);
    const isKilled = fault === "SIGKILL" && mode === "run";
    // What could not be removed is there for the next try
    const isOfEnd =
      /^(rmdir|unlinkat)$/.test(call.name) ||
      (call.name === "read" && /cgroup\.procs>/.test(call.args));
    if (isKilled || isOfEnd) await remove();
    const stays = await left();
    if (stays.length > 0) return `${stays.join(", ")} stays`;
    return isKilled ? undefined : wrongWords(call, fault, ending);
  } finally {
    await remove(); // its cgroups are the machine's
    await host.close();
  }
}

function injection({ name, args, nth, nthOfSubject }: Call, fault: string): string[] {
  const [file] = /(?<=^\d+<)\/sys\/fs\/cgroup\/[^>]*/.exec(args) ?? [];
  const kind = fault === "SIGKILL" ? "signal" : "error";
  const inject = `--inject=${name}:${kind}=${fault}:when=${file ? nthOfSubject : nth}`;
  return [`--trace=${name}`, ...(file ? [`--trace-path=${file}`] : []), inject];
}

/** Tells what is wrong with a status and its line. */
function wrongWords(call: Call, fault: string, { status, stderr }: Traced): string | undefined {
  const said = stderr.split("\n").filter((line) => !/^$|^held /.test(line));
  const isLine = said.length === 1 && /^(13-oci|\/bin\/sh): \S/.test(said[0] ?? "");
  const isHarmless = said.length === 0 && HARMLESS.some((one) => one.test(call.args));
  // Its process has started by then: that it was killed is all there is to tell
  const isProgram = said.length === 0 && fault === "SIGKILL";
  if (status === 0 ? isHarmless : isLine || (isProgram && status === 137)) return undefined;
  return `status ${status}, and it says ${JSON.stringify(said)}`;
}
