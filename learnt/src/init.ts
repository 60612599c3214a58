import { closeSync } from "node:fs";
import { reapOrphans, spawn, wait } from "shared-native";

/** Stays process 1, and does what the others expect of it: takes in orphans, and passes signals on. */
export async function init([, ...args]: string[]) {
  const shell = spawn("/bin/sh", args, { stdio: ["inherit", "inherit", "inherit", 3] });
  closeSync(3);
  // A process that has ended stays as a zombie until its parent has asked for its status: now that is us
  process.on("SIGCHLD", () => reapOrphans(shell));
  // wait() passes on what asks a process to end. These two mean whatever the command wants
  for (const signal of ["SIGUSR1", "SIGUSR2"] as const)
    process.on(signal, () => shell.kill(signal));
  process.exitCode = await wait(shell);
}
