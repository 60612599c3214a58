import { randomUUID } from "node:crypto";
import { copyFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { connectUnix, openTerminal, wait } from "shared-native";
import type { CommandLine } from "../command-line.ts";
import { readConfig, readProcess } from "../config/read-config.ts";
import { join } from "../container/cgroups.ts";
import { converse, startChild } from "../container/launch.ts";
import { inPidNamespace } from "../container/namespaces.ts";
import { folderOf, load, statusOf } from "../container/state.ts";

/** Starts one more program in a container: in its namespaces and cgroups, with no more rights. */
export async function exec(line: CommandLine): Promise<void> {
  const { options } = line;
  const container = load(line);
  const status = statusOf(container);
  if (status !== "running" && status !== "created") {
    throw new Error(`cannot exec in a ${status} container`);
  }
  const folder = folderOf(line);
  const file = path.join(folder, `exec-${randomUUID()}.json`);
  if (options["--process"]) copyFileSync(options["--process"], file);
  else writeFileSync(file, JSON.stringify(processFrom(line, folder)), { mode: 0o600 });
  const program = readProcess(file);
  const socket = program.terminal ? options["--console-socket"] : undefined;
  const terminal = program.terminal && !socket ? openTerminal() : undefined;
  const stdio = terminal?.stdio ?? (["inherit", "inherit", "inherit"] as const);
  const child = inPidNamespace(`/proc/${container.pid}/ns/pid`, () =>
    startChild(
      ["child-of-exec", folder, file, `${container.pid}`],
      [...stdio, "pipe", socket ? connectUnix(socket) : "ignore"],
    ),
  );
  try {
    await converse(child, { loaded: () => join(container.cgroups, child.pid ?? 0) });
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  if (options["--pid-file"]) writeFileSync(options["--pid-file"], `${child.pid}`);
  if ("--detach" in options) process.exit();
  terminal?.connect();
  process.exitCode = await wait(child, 10);
  await terminal?.drain();
}

/** Makes a process of what was typed: the rest is as for the container's own. */
function processFrom({ args, options }: CommandLine, folder: string): object {
  const { process: own } = readConfig(folder);
  const [uid, gid] = (options["--user"] ?? "").split(":").map(Number);
  const user = options["--user"] ? { uid, gid: gid ?? 0 } : own?.user;
  const env = [...(own?.env ?? []), ...(options["--env"]?.split("\0") ?? [])];
  const cwd = options["--cwd"] ?? own?.cwd ?? "/";
  const { capabilities, noNewPrivileges } = own ?? {};
  return { args, cwd, env, user, capabilities, noNewPrivileges, terminal: "--tty" in options };
}
