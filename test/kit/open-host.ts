import { type Host, type HostOptions, openHost as open } from "host";
import { onTestFinished } from "vitest";

/** Opens a disposable host, which ends with the test. */
export async function openHost(options?: HostOptions): Promise<Host> {
  const host = await open(options);
  onTestFinished(host.close);
  return host;
}
