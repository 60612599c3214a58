import { expect, type Fact } from "./fact.ts";
import { reasonOf } from "./reason-of.ts";

const EACH =
  "Each process waits for the one it started, and ends with its status: process.exitCode = await wait(child).";

const SIGNALLED =
  "After a signal, Node gives null for the status. Shells make it 128 + the number of the signal, and wait() does.";

/** A command to look at its host before and after it: any would do, and this one has run. */
export const ANY_COMMAND = ["sh", "-c", "exit 23"];

export const passesStatus: Fact = {
  id: "passes-status",
  title: "ends with the status of the command",
  async check(code) {
    const exiting = code.compareHost(...ANY_COMMAND);
    const starting = code.start();
    const exited = await exiting;
    const [actual, reason] = reasonOf(code, exited);
    const isCrash = exited.status !== 0 && actual.includes(": ");
    const what = exited.status === 0 ? "swallows" : "changes";
    expect(
      exited.status === 23,
      "sh -c 'exit 23' ends with status 23",
      isCrash ? actual : `it ended with status ${exited.status ?? exited.signal}`,
      isCrash ? reason : `Somebody in between ${what} it. ${EACH}`,
    );
    const { kill, running } = await starting;
    kill();
    const { status, signal } = await running.ended;
    expect(
      status === 137,
      "a command that SIGKILL ends gives status 137, 128 + 9",
      `it ended with status ${status ?? signal}`,
      SIGNALLED,
    );
  },
};
