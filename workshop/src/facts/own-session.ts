import { parentOf } from "host";
import { expect, type Fact } from "./fact.ts";
import { statOf } from "./stat-of.ts";

export const hasOwnSession: Fact = {
  id: "own-session",
  title: "is in a session of its own, to which your terminal does not belong",
  onlyLooks: true,
  async check({ shell }) {
    const { pid } = await shell();
    expect(
      statOf(pid).session !== statOf(parentOf(pid)).session,
      "the session in /proc/<pid>/stat of the command is not that of run()",
      "it is the same",
      "A session has a controlling terminal, which every process in it may open as /dev/tty. detached: true, in run()'s spawn, begins a new one.",
    );
  },
};
