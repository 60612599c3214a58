import { EXAMINATIONS, type Options } from "./examinations.ts";

/** Something that a machine can, or cannot. */
export interface Finding {
  id: string;
  title: string;
  /** "lacks" stops a stage from running; "limits" does not. */
  state: "ok" | "limits" | "lacks";
  seen: string;
  /** What to do about it. */
  type?: string;
}

/** Looks at all that the stages need of a machine. */
export function examine(options: Options): Finding[] {
  const findings: Finding[] = [];
  for (const { id, title, needed, look, type } of EXAMINATIONS) {
    try {
      findings.push({ id, title, state: "ok", seen: look(options) });
    } catch (error) {
      const seen = String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
      findings.push({ id, title, state: needed ? "lacks" : "limits", seen, type });
    }
  }
  return findings;
}
