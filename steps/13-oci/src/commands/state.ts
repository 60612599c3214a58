import type { CommandLine } from "../command-line.ts";
import { load, publicState } from "../container/state.ts";

/** Prints the state of a container, as the specification has it. */
export function state(line: CommandLine): void {
  console.log(JSON.stringify(publicState(load(line)), null, 2));
}
