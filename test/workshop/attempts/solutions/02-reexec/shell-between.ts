// What runs between is a shell, and the program that sets the name is hostname(1).
import { CLONE_NEWUTS, spawn, wait } from "shared-native";

const [, ...command] = process.argv.slice(2);
const script = 'hostname container && exec "$@"';
const options = { stdio: "inherit", cloneflags: CLONE_NEWUTS } as const;
process.exitCode = await wait(spawn("sh", ["-c", script, "sh", ...command], options));
