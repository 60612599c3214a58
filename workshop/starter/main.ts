// docker run <image> <command> [args…]
// pnpm --filter 01-uts start <command> [args…]
import { oneLineErrors } from "shared-native";

oneLineErrors();
const [mode, ...command] = process.argv.slice(2);
if (!command[0]) {
  console.error("usage: pnpm --filter 01-uts start <command> [args…]");
  process.exit(2);
}
switch (mode) {
  case "run":
    await run();
    break;
  default:
    throw new Error(`invalid command "${mode}": type run`);
}

async function run() {
  console.error(`Running main process [${command.join(" ")}] as ${process.pid}`);
  // Your code comes here
}
