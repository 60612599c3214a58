// The child does not start the command, it becomes it.
import { CLONE_NEWUTS, sethostname, spawn, wait } from "shared-native";

const [mode, ...command] = process.argv.slice(2);
if (mode === "inside") {
  sethostname("container");
  process.execve?.("/bin/sh", ["sh", "-c", 'exec "$@"', "sh", ...command], process.env);
}
const again = [...process.execArgv, import.meta.filename, "inside", ...command];
const options = { stdio: "inherit", cloneflags: CLONE_NEWUTS } as const;
process.exitCode = await wait(spawn(process.execPath, again, options));
