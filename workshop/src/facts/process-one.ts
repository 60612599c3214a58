import { readFileSync } from "node:fs";
import { parentOf } from "host";
import { expect, type Fact } from "./fact.ts";
import { shown } from "./shown.ts";

export const isProcessOne: Fact = {
  id: "command-is-process-1",
  title: "has the command itself as process 1",
  onlyLooks: true,
  async check({ shell }) {
    const { pid } = await shell();
    const [, inside] = /^NSpid:.*\t(\d+)$/m.exec(readOf(pid, "status")) ?? [];
    const parent = readOf(parentOf(pid), "comm").trim();
    expect(
      inside === "1",
      "the command's PID inside, the last of NSpid in /proc/<pid>/status, is 1",
      `it is ${inside}, and its parent is ${parent}`,
      parent === "sh"
        ? "The shell that joins the cgroup has started the command. With exec it becomes the command."
        : "child() is process 1, and starts the command. It can become the command: execve in the place of spawn and wait. Nothing of child() runs after that.",
    );
  },
};

export const reapsWithInit: Fact = {
  id: "init-reaps",
  title: "has an init as process 1 with --init, which takes in orphans and passes the status on",
  async check({ run }) {
    const script = "(sleep 0.1 &); sleep 1; ps -e -o stat=,args=; kill -TERM $$";
    const { stdout, stderr, status } = await run("--init", "sh", "-c", script);
    const lines = stdout.trim().split("\n");
    const zombie = lines.find((line) => /^Z/.test(line));
    expect(
      stdout !== "",
      "start --init sh -c … runs sh",
      `it printed nothing; ${shown(stderr.split("\n").slice(2).join(" "))}`,
      "--init is not part of the command: take it off the words that were typed, and hand it on to child().",
    );
    expect(
      status === 143,
      "a command that gets SIGTERM ends by it: status 143",
      `it ended with status ${status}`,
      status === 0
        ? "The command is process 1, and ignores a signal that it has no handler for. With --init, child() stays process 1, and starts the command as in stage 05."
        : "child() waits for the command, and ends with its status: process.exitCode = await wait(shell).",
    );
    expect(
      zombie === undefined,
      "an orphan that has ended is gone",
      `it is a zombie: ${shown(zombie ?? "")}`,
      'Node waits for its own children only. process.on("SIGCHLD", () => reapOrphans(shell)) takes away the others.',
    );
  },
};

function readOf(pid: number, file: string): string {
  return readFileSync(`/proc/${pid}/${file}`, "utf8");
}
