import { openSync, readFileSync, readSync, writeSync } from "node:fs";
import path from "node:path";
import { CLONE_NEWCGROUP, unshare } from "shared-native";
import type { CommandLine } from "../command-line.ts";
import { readConfig } from "../config/read-config.ts";
import { runHooks } from "../container/hooks.ts";
import { joinNamespaces, makeOwnNamespaces } from "../container/namespaces.ts";
import { type Container, publicState } from "../container/state.ts";
import { describe } from "../log.ts";
import { become, prepare } from "../process/become.ts";
import { countCapabilities } from "../process/capabilities.ts";
import { openConsole } from "../process/console.ts";
import { tell, tellError, tellReady } from "./conversation.ts";
import { setKernelParameters } from "./kernel-parameters.ts";
import { enterRoot, mountRoot } from "./root.ts";

/** Builds the container from inside, waits for `start`, and becomes the program. */
export function child({ id: folder }: CommandLine): void {
  try {
    build(folder);
  } catch (error) {
    tellError(describe(error as Error));
  }
}

function build(folder: string) {
  const config = readConfig(folder);
  const { process: program, linux, hooks } = config;
  const container: Container = JSON.parse(readFileSync(path.join(folder, "state.json"), "utf8"));
  // In the container's root, these have no path any more
  const start = openSync(path.join(folder, "start"), "r+");
  const failure = openSync(path.join(folder, "failure"), "w");
  const count = countCapabilities();
  tell("loaded");
  makeOwnNamespaces(linux.namespaces);
  joinNamespaces(linux.namespaces);
  const cgroups = linux.namespaces.find(({ type }) => type === "cgroup");
  if (cgroups && !cgroups.path) unshare(CLONE_NEWCGROUP);
  setKernelParameters(config);
  const root = mountRoot(config, container.bundle);
  tell("mounted");
  const state = { ...publicState(container), status: "creating", pid: process.pid };
  runHooks("createContainer", hooks?.createContainer, state);
  enterRoot(config, root);
  if (program?.terminal && !process.stdin.isTTY) openConsole(program, true);
  const file = program && prepare(program, count);
  tellReady();
  waitForStart(start);
  try {
    runHooks("startContainer", hooks?.startContainer, { ...state, status: "created" });
    if (program && file) become(program, file, linux.seccomp);
  } catch (error) {
    writeSync(failure, describe(error as Error));
    process.exit(1);
  }
}

/** Waits until somebody writes to the pipe. It stays open until this process is another program. */
function waitForStart(fifo: number) {
  readSync(fifo, Buffer.alloc(1));
}
