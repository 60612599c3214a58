// docker run --runtime <this> <image> <command> [args…]
// steps/13-oci/runtime create --bundle <folder> <id>, start <id>, state <id>, kill <id> <signal>, delete <id>
import { readCommandLine } from "./command-line.ts";
import { create } from "./commands/create.ts";
import { remove } from "./commands/delete.ts";
import { exec } from "./commands/exec.ts";
import { features, version } from "./commands/features.ts";
import { kill } from "./commands/kill.ts";
import { run } from "./commands/run.ts";
import { start } from "./commands/start.ts";
import { state } from "./commands/state.ts";
import { child } from "./init/child.ts";
import { childOfExec } from "./init/child-of-exec.ts";
import { logErrors } from "./log.ts";

const options: Record<string, string> = {};
logErrors(options);
const commandLine = readCommandLine(process.argv.slice(2), options);

const commands: Record<string, (line: typeof commandLine) => void | Promise<void>> = {
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
  const { command: name } = commandLine;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`no command "${name}": type one of ${known.join(", ")}`);
  await command(commandLine);
}
