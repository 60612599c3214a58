// docker run <image> <command> [args…]
// pnpm --filter 02-reexec start <command> [args…]
import {
  CLONE_NEWUTS,
  oneLineErrors,
  requireNewNamespaces,
  sethostname,
  spawn,
  wait,
} from "shared-native";

oneLineErrors();
const [mode, ...command] = process.argv.slice(2);
if (!command[0]) {
  console.error("usage: pnpm --filter 02-reexec start <command> [args…]");
  process.exit(2);
}
switch (mode) {
  case "run":
    await run();
    break;
  case "child":
    await child();
    break;
  default:
    throw new Error(`invalid command "${mode}": type run`);
}

async function run() {
  console.error(`Running main process [${command.join(" ")}] as ${process.pid}`);

  // Run this same program again, as `child`: /proc/self/exe is node, execArgv its options for TypeScript
  const args = [...process.execArgv, import.meta.filename, "child", ...command];
  const container = spawn("/proc/self/exe", args, {
    stdio: "inherit",
    // CLONE_NEWUTS: create the process in a new namespace, with a hostname of its own
    cloneflags: CLONE_NEWUTS,
  });
  // Longer than child() waits for the command: it must not die before child() has cleaned up
  process.exitCode = await wait(container, 5);
}

async function child() {
  // By hand, without run(), what follows would change the host itself
  requireNewNamespaces(CLONE_NEWUTS);
  console.error(`Running child process [${command.join(" ")}] as ${process.pid}`);
  const [file = "", ...args] = command;

  sethostname("container");

  process.exitCode = await wait(spawn(file, args, { stdio: "inherit" }));
}
