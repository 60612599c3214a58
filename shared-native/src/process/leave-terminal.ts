import { closeSync } from "node:fs";
import { isatty } from "node:tty";
import { mayUseTerminal } from "./foreground.ts";

const beganInForeground = mayUseTerminal();

/**
 * Leaves a terminal as it is that other programs use, too, less in a pipeline or another job of a shell:
 * at its exit, Node sets what it still has open to what it was at Node's start. Call it at the end.
 */
export function leaveSharedTerminal(): void {
  if (isatty(1) && beganInForeground && mayUseTerminal()) return;
  for (const fd of [0, 1, 2]) if (isatty(fd)) closeSync(fd);
}
