import { rmSync, writeFileSync } from "node:fs";
import { takeTerminal } from "shared-native";
import type { CommandLine } from "../command-line.ts";
import { readConfig, readProcess } from "../config/read-config.ts";
import { joinNamespaces, namespacesOf } from "../container/namespaces.ts";
import { describe } from "../log.ts";
import { become, type Prepared, prepare } from "../process/become.ts";
import { countCapabilities } from "../process/capabilities.ts";
import { openConsole } from "../process/console.ts";
import { tell, tellError, tellReady } from "./conversation.ts";

/** Goes to where a container is, and becomes one more program of it. */
export function childOfExec({ id: folder, args: [file = "", pid = ""] }: CommandLine): void {
  const program = readProcess(file);
  const { linux } = readConfig(folder);
  const prepared = enter(() => {
    rmSync(file);
    const count = countCapabilities();
    const { oomScoreAdj: score, terminal } = program;
    if (score !== undefined) writeFileSync("/proc/self/oom_score_adj", `${score}`);
    tell("loaded");
    const isOurs = terminal && process.stdin.isTTY;
    if (isOurs) takeTerminal();
    joinNamespaces(namespacesOf(Number(pid)));
    if (terminal && !isOurs) openConsole(program, false);
    return prepare(program, count);
  });
  tellReady();
  become(program, prepared, linux.seccomp);
}

function enter(work: () => Prepared): Prepared {
  try {
    return work();
  } catch (error) {
    tellError(describe(error as Error));
  }
}
