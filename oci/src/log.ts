import { appendFileSync } from "node:fs";

/**
 * Has an error end this program with one line and status 1 from now on. An engine that passes --log reads
 * the line there, and shows it to its user. A TypeError and its like are bugs, and keep their stack trace.
 *
 * @param options --log and --log-format
 */
export function logErrors(options: Record<string, string>): void {
  process.stderr.on("error", () => {}); // a closed pipe must not change the status
  process.on("uncaughtException", (error) => {
    log("error", describe(error), options);
    process.exit(1);
  });
}

/** Returns an error's line. */
export function describe(error: Error): string {
  const { syscall } = error as NodeJS.ErrnoException;
  const isBug = syscall === undefined && ["TypeError", "ReferenceError"].includes(error.name);
  return isBug ? `${error.stack}` : error.message;
}

/** Writes a line to standard error, and to the engine's file. */
export function log(level: "error" | "warning", msg: string, options: Record<string, string>) {
  console.error(level === "error" ? `13-oci: ${msg}` : `13-oci: warning: ${msg}`);
  const { "--log": file, "--log-format": format } = options;
  if (file === undefined || file === "") return;
  const time = new Date().toISOString();
  const line = JSON.stringify({ level, msg, time });
  appendFileSync(
    file,
    `${format === "json" ? line : `time="${time}" level=${level} msg=${JSON.stringify(msg)}`}\n`,
  );
}
