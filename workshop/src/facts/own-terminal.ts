import { statSync } from "node:fs";
import { parentOf, runsMain, until } from "host";
import { expect, type Fact } from "./fact.ts";
import { said, shown } from "./shown.ts";
import { statOf } from "./stat-of.ts";

/** The longest wait for a few characters to come across, in seconds. */
const PATIENCE = 5;

export const hasOwnTerminal: Fact = {
  id: "own-terminal",
  title: "has a terminal of its own when you start it in yours, and characters go across",
  async check({ startInTerminal }) {
    const { pid, running } = await startInTerminal('read line; echo "$line came"');
    const theirs = statSync(`/proc/${pid}/fd/0`);
    let run = parentOf(pid);
    while (run > 1 && !runsMain(run)) run = parentOf(run); // others may wait in between
    const ours = statSync(`/proc/${run}/fd/0`);
    expect(
      theirs.isCharacterDevice() && (theirs.ino !== ours.ino || theirs.dev !== ours.dev),
      "/proc/<pid>/fd/0 of the command is a terminal, and another than that of run()",
      theirs.isCharacterDevice() ? "it is the same" : "it is none",
      "Who has a terminal open may type on it. openTerminal().stdio is for spawn, in the place of inherit.",
    );
    expect(
      statOf(pid).terminal !== "0",
      "the terminal in /proc/<pid>/stat of the command is its controlling one",
      "it has none: no key sends a signal, and no shell has job control",
      "A new session has no terminal. takeTerminal(), in child(), takes the one that it was given.",
    );
    running.type("a line");
    const isBack = () => running.stdout().includes("a line came");
    const comesBack = await until("it", isBack, PATIENCE).then(
      () => true,
      () => false,
    );
    expect(
      comesBack,
      "what is typed gets to the command, and what that writes comes back",
      `on the terminal there is ${shown(said(running.stdout()))}`,
      "connect(), after spawn, begins to carry characters from one terminal to the other.",
    );
  },
};
