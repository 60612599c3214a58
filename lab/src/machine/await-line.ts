import type { Machine } from "./start-machine.ts";

/** The longest silence, in seconds: a slow machine boots for long, but its kernel keeps writing. */
const SILENCE = 90;

/**
 * Waits until the machine says something on its session line.
 *
 * @param line what it is to say
 * @param silence how long it may do nothing that can be seen until then, in seconds
 * @throws {Error} when it ends instead, or is silent, which ends it: with its last lines
 */
export async function awaitLine(
  { hear, log, end, ended }: Machine,
  line: string,
  signal: AbortSignal,
  silence = SILENCE,
): Promise<void> {
  let isSilent = false;
  const timer = setTimeout(() => {
    isSilent = true;
    end();
  }, silence * 1000);
  log.onLine(() => timer.refresh());
  signal.addEventListener("abort", end);
  try {
    if ((await hear()) === line) return;
    await ended;
    signal.throwIfAborted();
    const advice = `try again, or type "vagrant up". Its last lines:\n${log.last()}`;
    if (isSilent) throw new Error(`the machine said nothing for ${silence} s: ${advice}`);
    throw new Error(`the machine ended too early: ${advice}`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}
