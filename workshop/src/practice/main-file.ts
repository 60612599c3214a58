import path from "node:path";
import { practiceFolder } from "host";
import type { Stage } from "../stages/stage.ts";

/** Returns the file in which a student writes a stage. */
export function mainFile({ name }: Stage): string {
  return path.join(practiceFolder(name), "src/main.ts");
}
