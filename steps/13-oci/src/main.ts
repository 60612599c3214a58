// docker run --runtime <this> <image> <command> [args…]
// steps/13-oci/runtime create --bundle <folder> <id>, start <id>, state <id>, kill <id> <signal>, delete <id>
import { closeSync, writeSync } from "node:fs";
import { type CommandLine, readCommandLine } from "oci/command-line";
import { exec } from "oci/commands/exec";
import { features, version } from "oci/commands/features";
import { readConfig } from "oci/config/read-config";
import { processesIn } from "oci/container/cgroups";
import { runHooks } from "oci/container/hooks";
import { launch } from "oci/container/launch";
import { removeContainer } from "oci/container/remove";
import { readSignal, send } from "oci/container/signals";
import { openStart, waitForProgram } from "oci/container/start-fifo";
import { folderOf, forget, isThere, load, publicState, save, statusOf } from "oci/container/state";
import { child } from "oci/init/child";
import { childOfExec } from "oci/init/child-of-exec";
import { logErrors } from "oci/log";
import { openTerminal, wait } from "shared-native";

const options: Record<string, string> = {};
logErrors(options);
const line = readCommandLine(process.argv.slice(2), options);

const commands: Record<string, (line: CommandLine) => void | Promise<void>> = {
  // What the specification asks for
  ...{ create, start, state, kill, delete: remove },
  // What engines call besides
  ...{ exec, features, run },
  // What this program starts itself as: create's process in the container's namespaces, and exec's
  ...{ child, "child-of-exec": childOfExec },
};

const known = Object.keys(commands).filter((name) => !name.startsWith("child"));

if ("--version" in options) version();
else if ("--help" in options) console.log(`[options] <command> <id>, as runc: ${known.join(", ")}`);
else {
  const command = Object.hasOwn(commands, line.command) ? commands[line.command] : undefined;
  if (!command) throw new Error(`no command "${line.command}": type one of ${known.join(", ")}`);
  await command(line);
}

/** Makes a container. Its process waits for `start`, whoever calls that. */
async function create(line: CommandLine) {
  await launch(line);
  process.exit();
}

/** Starts the program of a container that was created. */
function start(line: CommandLine) {
  const container = load(line);
  const folder = folderOf(line);
  const status = statusOf(container);
  if (status !== "created") {
    throw new Error(`cannot start a container in the ${status} state: it has to be created`);
  }
  if (!container.hasProcess)
    throw new Error("cannot start a container: config.json has no process");
  const fd = openStart(folder);
  if (fd === undefined) throw new Error("cannot start a container that has ended");
  container.status = "running";
  save(folder, container);
  // Its process reads from this, and becomes the program then
  writeSync(fd, "x");
  closeSync(fd);
  waitForProgram(folder);
  try {
    runHooks("poststart", container.hooks?.poststart, publicState(container));
  } catch (error) {
    removeContainer(folder, container, line.options);
    throw error;
  }
}

/** Prints the state of a container, as the specification has it. */
function state(line: CommandLine) {
  console.log(JSON.stringify(publicState(load(line)), null, 2));
}

/** Sends a signal to the process of a container, or with --all to all of them. */
function kill(line: CommandLine) {
  const container = load(line);
  const signal = readSignal(line.args[0] ?? "SIGTERM");
  if ("--all" in line.options) {
    for (const pid of processesIn(container.cgroups)) send(pid, signal);
    return;
  }
  if (statusOf(container) === "stopped") throw new Error("container not running");
  send(container.pid, signal);
}

/** Removes a container that has stopped; with --force, stops it first. */
function remove(line: CommandLine) {
  const force = "--force" in line.options;
  const folder = folderOf(line);
  // For who forces it, one that is not there is what was asked for
  if (force && !isThere(line)) {
    forget(folder);
    return;
  }
  const container = load(line);
  const status = statusOf(container);
  if (status !== "stopped" && !force) {
    throw new Error(`cannot delete container ${line.id} that is not stopped: it is ${status}`);
  }
  removeContainer(folder, container, line.options);
}

/** Does all by itself what engines do call by call: creates a container, starts it, waits, deletes it. */
async function run(line: CommandLine) {
  const { process: program } = readConfig(line.options["--bundle"] ?? ".");
  const isOurs = program?.terminal && !line.options["--console-socket"];
  const terminal = isOurs ? openTerminal() : undefined;
  const child = await launch(line, terminal?.stdio);
  try {
    terminal?.connect();
    const ended = wait(child, 10);
    start(line);
    process.exitCode = await ended;
    await terminal?.drain();
  } finally {
    removeContainer(folderOf(line), load(line), line.options);
  }
}
