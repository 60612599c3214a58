import { openHost, runStage } from "host";
import { afterAll, describe, expect, it } from "vitest";
import { hasOwnCgroup } from "workshop/facts/cgroup";
import { undoesNetwork } from "workshop/facts/network/undone";
import { removesChanges } from "workshop/facts/overlay";
import { containerStages } from "workshop/stages";
import { findStage } from "workshop/stages/find-stage";
import { isRootless } from "../../kit/containers.ts";
import { type Call, callsIn, isOwn, subjectOf } from "./calls.ts";
import { errnos } from "./errnos.ts";
import { failCall, type Result } from "./fail-call.ts";
import { judge } from "./judge.ts";
import { startHeld, type Target } from "./start-held.ts";
import { row, writeTable } from "./write-table.ts";

const targets: Target[] = containerStages.flatMap(({ name: stage, hasChild }) => [
  { stage, mode: "run" as const },
  ...(hasChild ? [{ stage, mode: "child" as const }] : []),
]);

const outcomes = new Map<Target, Result[]>(targets.map((target) => [target, []]));
afterAll(() => writeTable([...outcomes.values()].flat()));

describe.concurrent("leaves the host as it was when a call fails, or its process is killed at it", () => {
  it.each(targets)("$stage: $mode(), and what it forks", async (target) => {
    const calls = [...(await record(target, [])), ...(await record(target, ["--follow-forks"]))];
    for (const call of calls.filter(isNew)) {
      for (const fault of [...(errnos[call.name] ?? "").split(" "), "SIGKILL"]) {
        outcomes.get(target)?.push(await failCall({ ...target, call, fault }));
      }
    }
    const wrong = outcomes.get(target)?.filter((outcome) => judge(outcome).length > 0);
    expect(wrong?.map((outcome) => row(outcome).join(" | "))).toEqual([]);
  });
});

/** Tells whether it is no start of a program that a fork before has started, too: all fail at once. */
function isNew(call: Call, index: number, calls: Call[]): boolean {
  const isSame = ({ name, args, inFork }: Call) =>
    inFork && name === "execve" && subjectOf(args) === subjectOf(call.args);
  return !call.inFork || call.name !== "execve" || calls.findIndex(isSame) === index;
}

/** Records the calls that a stage itself makes when nothing fails. */
async function record(target: Target, follow: string[]): Promise<Call[]> {
  const host = await openHost({ isSealed: true });
  try {
    // As a student starts it, it makes its root. What Node keeps in its cache, it has read by then
    expect(await runStage(host, target.stage, "true")).toMatchObject({ status: 0 });
    await startHeld(host, target, () => follow);
    const ending = await startHeld(host, target, () => follow);
    expect(ending).toMatchObject({ status: 0 });
    // run() forks child(), and one that watches it for each thing that has to be removed
    const { facts } = findStage(target.stage);
    const watched = [hasOwnCgroup, removesChanges, undoesNetwork];
    const watchers = watched.filter((fact) => facts.includes(fact)).length;
    // In stage 12, run() first tries whether it may have a user namespace
    const tries = isRootless(target.stage) ? 1 : 0;
    const forks = target.mode === "run" ? 1 + watchers + tries : 1;
    return callsIn(ending, forks).filter(
      (call) =>
        isOwn(call) &&
        call.inFork === follow.length > 0 &&
        // What child() then does in the fork of run() is a case of its own
        !(target.mode === "run" && call.inFork && call.nth > 1),
    );
  } finally {
    await host.close();
  }
}
