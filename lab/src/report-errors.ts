import { interruption } from "host";

/**
 * Runs a command of ours to its end, and sets this program's exit status: if anything goes wrong,
 * one message on stderr, and 1.
 */
export async function reportErrors(work: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const signal = interruption();
  try {
    process.exitCode = await work(signal);
  } catch (error) {
    // After an interruption the status says it all, as with every program.
    if (signal.aborted) return;
    console.error(`lab: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
