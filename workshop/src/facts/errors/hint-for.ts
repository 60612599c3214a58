import type { Failure, KnownError } from "./known-error.ts";
import { callErrors } from "./of-calls.ts";
import { cgroupErrors } from "./of-cgroups.ts";
import { codeErrors } from "./of-code.ts";
import { machineErrors } from "./of-machines.ts";
import { mountErrors } from "./of-mounts.ts";
import { networkErrors } from "./of-network.ts";
import { privilegeErrors } from "./of-privileges.ts";
import { programErrors } from "./of-programs.ts";

/** The first that matches counts. */
const KNOWN: KnownError[] = [
  ...machineErrors,
  ...codeErrors,
  ...cgroupErrors,
  ...mountErrors,
  ...privilegeErrors,
  ...callErrors,
  ...networkErrors,
  ...programErrors,
];

/**
 * Returns what is behind an error, if it is one that students make.
 *
 * @param line the one that tells it; the others are read when it is not known
 */
export function hintFor(line: string, failure: Failure): string | undefined {
  for (const text of [line, failure.stderr]) {
    for (const { pattern, hint } of KNOWN) {
      const match = pattern.exec(text);
      const found = match && (typeof hint === "string" ? hint : hint(match, failure));
      if (found) return found;
    }
  }
  return undefined;
}
