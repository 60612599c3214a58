import { run } from "./run.ts";

/** A script that prints the devices, addresses and routes, the rules, and the settings. Not every machine has each. */
const SHOW = `
  ip -brief address; ip route; nft --stateless list ruleset
  cd /proc/sys/net/ipv4 && grep . ip_forward conf/all/*`;

/** Returns the network of a process as lines, which can be compared. */
export async function networkOf({ pid }: { pid: number }): Promise<string[]> {
  const { stdout } = await run(["nsenter", `--target=${pid}`, "--net", "sh", "-c", SHOW]);
  return stdout.split("\n").slice(0, -1);
}
