import path from "node:path";
import { type Outcome, repo, run } from "host";

/** Returns the command line that `pnpm rootfs` comes to, typed in `folder`. */
export function rootfsCommand(folder: string, ...args: string[]): string[] {
  const node = [process.execPath, "--import", "shared-native/typescript.cjs", "src/main.ts"];
  const workshop = path.join(repo, "workshop");
  return ["env", `--chdir=${workshop}`, `INIT_CWD=${folder}`, ...node, "rootfs", ...args];
}

/** Runs `pnpm rootfs` in `folder`, to its end. */
export function rootfs(folder: string, ...args: string[]): Promise<Outcome> {
  return run(rootfsCommand(folder, ...args));
}
