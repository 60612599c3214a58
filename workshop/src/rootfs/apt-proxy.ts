import { run } from "../run.ts";

/** Finds the proxy that this host's apt is told to use, if any. */
export async function aptProxy(): Promise<string | undefined> {
  const lines = await run("apt-config", ["dump", "--format", "%v%n", "Acquire::http::Proxy"]);
  return lines.find((line) => line.startsWith("http"));
}
