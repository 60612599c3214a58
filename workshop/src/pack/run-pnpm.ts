import { runTool } from "../rootfs/run-tool.ts";

/** Runs pnpm in a copy of the repo, and ends it with this program, however that ends. */
export async function runPnpm(
  args: string[],
  options: { signal: AbortSignal; onLine?: (line: string) => void },
): Promise<void> {
  const env = {
    pnpm_config_verify_deps_before_run: "false", // what is there is meant to be as it is
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
  };
  await runTool("setpriv", ["--pdeathsig=TERM", "pnpm", ...args], { ...options, env });
}
