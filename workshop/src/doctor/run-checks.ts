import type { Options } from "./check.ts";
import { containerChecks } from "./containers.ts";
import { forwardingChecks } from "./forwarding.ts";
import { labChecks } from "./labs.ts";
import { machineChecks } from "./machine.ts";
import { ownerChecks } from "./owner.ts";
import { programChecks } from "./programs.ts";

const checks = [
  ...machineChecks,
  ...programChecks,
  ...forwardingChecks,
  ...containerChecks,
  ...ownerChecks,
  ...labChecks,
];

/** The result of a check. */
export interface Finding {
  id: string;
  title: string;
  /** "lacks" stops a stage from running; "limits" does not. */
  state: "ok" | "limits" | "lacks";
  actual: string;
  /** The command to type, unless all is well. */
  type?: string;
}

/** Checks everything that the stages need of a machine. */
export function runChecks(options: Options): Finding[] {
  const findings: Finding[] = [];
  for (const { id, title, needed, look, type } of checks) {
    try {
      findings.push({ id, title, state: "ok", actual: look(options) });
    } catch (error) {
      const actual = String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
      findings.push({ id, title, state: needed ? "lacks" : "limits", actual, type });
    }
  }
  return findings;
}
