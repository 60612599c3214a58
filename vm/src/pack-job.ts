import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packRepo } from "./pack-repo.ts";
import { isTerminal, terminalSize } from "./terminal.ts";

/** What the command inside gets of the environment outside. */
const ENVIRONMENT = ["TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "CI", "WORKSHOP_FFI"];

/** Writes the machine's second disk, job.tar: the repo for /workshop, and the job for /run/lab. */
export function packJob(folder: string, command: string[]): void {
  const job = path.join(folder, "run/lab");
  mkdirSync(job, { recursive: true });
  mkdirSync(path.join(folder, "empty"));

  const args = command.length > 0 ? command : ["bash", "--login"];
  const variables = ENVIRONMENT.filter((name) => process.env[name] !== undefined);
  writeFileSync(path.join(job, "command"), args.map((arg) => `${arg}\0`).join(""));
  writeFileSync(path.join(job, "environment"), variables.map(assignment).join(""));
  if (isTerminal()) writeFileSync(path.join(job, "terminal"), `${terminalSize()}\n`);

  const disk = path.join(folder, "job.tar");
  const owner = ["--owner=0", "--group=0"];
  packRepo(disk);
  execFileSync("tar", ["--append", `--file=${disk}`, `--directory=${folder}`, ...owner, "run/lab"]);
}

/** A line of shell: NAME='value'. */
function assignment(name: string): string {
  return `${name}='${process.env[name]?.replaceAll("'", "'\\''")}'\n`;
}
