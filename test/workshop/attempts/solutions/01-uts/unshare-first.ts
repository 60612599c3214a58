// Moves itself into the namespace, then starts the command there with Node's own means.
import { spawnSync } from "node:child_process";
import { constants } from "node:os";
import { CLONE_NEWUTS, unshare } from "shared-native";

const [, command = "", ...args] = process.argv.slice(2);
unshare(CLONE_NEWUTS);
const { status, signal } = spawnSync(command, args, { stdio: "inherit" });
process.exit(status ?? 128 + constants.signals[signal ?? "SIGKILL"]);
