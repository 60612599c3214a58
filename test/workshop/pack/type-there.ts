import path from "node:path";
import { type Outcome, run } from "host";

/** The script that enters a machine of which nothing is kept. */
export const MACHINE = path.join(import.meta.dirname, "machine.sh");

/** Types lines on a machine without a network, into which the stick with the pack was put. */
export function typeThere(machine: string, stick: string, lines: string): Promise<Outcome> {
  const alone = ["--net", "--mount", "--uts", "--pid", "--fork", "--kill-child"];
  const script = 'ip link set lo up && exec bash "$@"';
  return run([
    ...["unshare", ...alone, "--propagation", "private", "sh", "-c", script, "sh"],
    ...[MACHINE, machine, stick, lines],
  ]);
}
