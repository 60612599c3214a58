import { constants } from "node:os";

/**
 * Returns a signal that is aborted when the user or the system interrupts this program, which
 * then cleans up and ends by itself. The exit status is the one that shells give.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // `on`, not `once`: a second Ctrl-C must not break off the clean-up.
    process.on(name, () => {
      process.exitCode = 128 + constants.signals[name];
      controller.abort(new Error(`interrupted by ${name}`));
    });
  }
  // When the terminal is closed, writing to it fails; that must not end the clean-up.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return controller.signal;
}
