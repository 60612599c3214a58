import { constants } from "node:os";
import { SIG_IGN, signal } from "../libc/signal.ts";
import { ignoredSignals } from "./inherited.ts";
import { leaveSharedTerminal } from "./leave-terminal.ts";

/** The signals that ask a program to end. */
const ENDING_SIGNALS = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

type Listener = (signal: NodeJS.Signals) => void;

const listeners = new Set<Listener>();
let held = false;

/**
 * Keeps such a signal from ending this process from now on: it goes to the listeners that there are
 * when Node delivers it, in the next turn of the event loop. With none, as while a program cleans up
 * at its end, it does nothing. One that this process was started with ignoring, it ignores.
 */
export function holdEndingSignals(): void {
  if (held) return;
  held = true;
  for (const name of ENDING_SIGNALS) {
    if (ignoredSignals.includes(name)) signal(constants.signals[name], SIG_IGN);
    else process.on(name, () => listeners.forEach((listener) => void listener(name)));
  }
  process.on("exit", leaveSharedTerminal);
  // At once, from there: Node would first take these handlers away, and a signal that comes late
  // would change the exit status
  process.on("exit", () => process.exit());
}

/**
 * Calls a function for each signal that asks this process to end.
 *
 * @returns a function that takes the listener away again
 */
export function onEndingSignal(listener: Listener): () => void {
  holdEndingSignals();
  listeners.add(listener);
  return () => listeners.delete(listener);
}
