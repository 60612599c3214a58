import path from "node:path";
import { repo } from "host";

/** Returns the command line that `pnpm workshop pack` comes to, typed in `folder`. */
export function packCommand(folder: string, ...args: string[]): string[] {
  const node = [process.execPath, "--import", "shared-native/typescript.cjs", "src/main.ts"];
  const workshop = path.join(repo, "workshop");
  return ["env", `--chdir=${workshop}`, `INIT_CWD=${folder}`, ...node, "pack", ...args];
}
