import { CHECKS, type Options } from "./checks.ts";

/** Tells what a check has found. */
export interface Finding {
  id: string;
  title: string;
  /** "lacks" stops a stage from running; "limits" does not. */
  state: "ok" | "limits" | "lacks";
  actual: string;
  /** The command to type, unless all is well. */
  type?: string;
}

/** Checks all that the stages need of a machine. */
export function runChecks(options: Options): Finding[] {
  const findings: Finding[] = [];
  for (const { id, title, needed, look, type } of CHECKS) {
    try {
      findings.push({ id, title, state: "ok", actual: look(options) });
    } catch (error) {
      const actual = String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
      findings.push({ id, title, state: needed ? "lacks" : "limits", actual, type });
    }
  }
  return findings;
}
