import { openTerminal, wait } from "shared-native";
import type { CommandLine } from "../command-line.ts";
import { readConfig } from "../config/read-config.ts";
import { launch } from "../container/launch.ts";
import { removeContainer } from "../container/remove.ts";
import { folderOf, load } from "../container/state.ts";
import { start } from "./start.ts";

/** Does all by itself what engines do call by call: creates a container, starts it, waits, deletes it. */
export async function run(line: CommandLine): Promise<void> {
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
