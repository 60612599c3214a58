import type { CommandLine } from "../command-line.ts";
import { launch } from "../container/launch.ts";

/** Makes a container. Its process waits for `start`, whoever calls that. */
export async function create(line: CommandLine): Promise<void> {
  await launch(line);
  process.exit();
}
