import { runTool } from "./run-tool.ts";

/** Finds the proxy that this host's apt is told to use, if any. */
export async function aptProxy(): Promise<string | undefined> {
  const lines = await runTool("apt-config", ["dump", "--format", "%v%n", "Acquire::http::Proxy"]);
  return lines.find((line) => line.startsWith("http"));
}
