import { readFileSync } from "node:fs";
import path from "node:path";
import { stageFolder, stageNames } from "host";
import type { Command } from "./command.ts";

/** The last of the article, which its demo in Go can be compared with. */
export const LAST_STAGE = "05-cgroups";

/** Returns the command that starts a stage as a student does. */
export function withPnpm(stage: string): Command {
  return {
    name: `stage ${stage}`,
    line: ["pnpm", "--filter", stage, "start", "/bin/true"],
  };
}

/** Returns the command that starts a stage as its start script does. */
export function withoutPnpm(stage: string): Command {
  const line = [process.execPath, ...nodeArguments(stage), "/bin/true"];
  return { name: `stage ${stage}, without pnpm`, line, folder: stageFolder(stage) };
}

/** Returns what the start script gives Node. Before that, it makes ubuntu-fs if there is none. */
function nodeArguments(stage: string): string[] {
  const file = path.join(stageFolder(stage), "package.json");
  const { scripts } = JSON.parse(readFileSync(file, "utf8"));
  const [, options = ""] = /^(?:.*\s)?node (.+)$/.exec(scripts.start) ?? [];
  return options.split(" ");
}

/** Node with nothing to do. */
export const BARE_NODE: Command = { name: "a bare Node", line: [process.execPath, "-e", "0"] };

/** Node with what a stage needs, before the stage does anything. */
const LOADED_NODE: Command = {
  name: "Node with shared-native loaded",
  line: [
    ...[process.execPath, "--import", "shared-native/typescript.cjs"],
    ...["--input-type=module", "--eval", 'import "shared-native"'],
  ],
  folder: stageFolder(LAST_STAGE),
};

/** All stages, both ways, and what they are made of. */
export const ours: Command[] = [
  ...stageNames.map(withPnpm),
  ...stageNames.map(withoutPnpm),
  LOADED_NODE,
];
