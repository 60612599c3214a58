/** The signals that ask a program to end. */
const ENDING_SIGNALS = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

type Listener = (signal: NodeJS.Signals) => void;

const listeners = new Set<Listener>();
let held = false;

/**
 * Keeps such a signal from ending this process from now on: it goes to the listeners that there are
 * when Node delivers it, in the next turn of the event loop. With none, as while a program cleans up
 * at its end, it does nothing.
 */
export function holdEndingSignals(): void {
  if (held) return;
  held = true;
  for (const signal of ENDING_SIGNALS) {
    process.on(signal, () => {
      for (const listener of listeners) listener(signal);
    });
  }
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
