import path from "node:path";
import type { Ending, Host, Limits } from "host";
import type { CheckedCode } from "./checked-code.ts";
import { FactError } from "./fact.ts";
import { complaintOf } from "./reason-of.ts";
import { shown } from "./shown.ts";

/** Returns the error for code whose shell has gone when a fact looks at it. */
export function endedEarly(): FactError {
  return new FactError(
    "a shell in the container waits for input, until it gets some",
    "it ended before",
    'Something ended the command, or it had no input to wait for. Perhaps stdio is not "inherit" in each spawn, or child() or run() does not wait: await wait(…).',
  );
}

/** @throws {FactError} for code that has changed the limit of tasks of the host itself */
export function refuseChangedLimit({ cgroup }: Host): void {
  if (!cgroup?.hasOtherLimit()) return;
  throw new FactError(
    "the host may have as many tasks as before",
    "the code has changed pids.max in the host's own cgroup",
    "cgroupRoot(\"pids\") is the host's cgroup. The container's is a new directory in it, and has a pids.max of its own.",
  );
}

/** Returns the error for code that had to be ended. */
export function usedTooMuch(
  code: Pick<CheckedCode, "stage" | "source">,
  expected: string,
  ending: Ending,
  limits: Limits,
): FactError {
  const { excess } = ending;
  if (excess === "tasks") {
    return new FactError(
      expected,
      "it started processes without end, until the limit of 256 tasks; all were ended",
      "Does run() start itself again as run instead of child? Each one then starts the next.",
    );
  }
  if (excess === "output") {
    return new FactError(
      expected,
      `it printed more than ${limits.bytes / 1e6} MB, and was ended: ${shown(ending.stdout.slice(0, 200))}`,
      "Something prints in a loop that never ends.",
    );
  }
  if (ending.copies > 4) {
    return new FactError(
      expected,
      `it was started ${ending.copies} times within ${limits.seconds} s, and was ended`,
      "The program starts itself again and again. Does run() start it as run instead of child, or with Node as the command?",
    );
  }
  const isIdle = excess === "idle";
  const late = isIdle
    ? "it was still running when nothing happened any more, and was ended"
    : `it was still running after ${limits.seconds} s, and was ended`;
  const [full, joined] = [ending.full, ending.joined].map((groups) =>
    groups.map((group) => path.basename(group)).join(", "),
  );
  if (full || joined) {
    return new FactError(
      expected,
      `${late}; ${full ? `no more tasks could start in ${full}` : `Node was in ${joined}`}`,
      "Node's own threads count as tasks. Who is in the cgroup? Not run(), not child(): only the command may join it.",
    );
  }
  // It may have failed, and its clean-up not have come to an end
  const complaint = complaintOf(code, ending);
  if (complaint)
    return new FactError(expected, `${late}; it said: ${complaint.error}`, complaint.hint);
  return new FactError(
    expected,
    late,
    `Nothing told it to stop. Look for ${isIdle ? "" : "a loop without end, for "}a wait for something ` +
      "that never comes, and for a descriptor or timer that keeps Node alive.",
  );
}
