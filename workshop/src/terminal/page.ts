import { spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";
import { columns } from "./columns.ts";

/**
 * Shows text: in the user's pager when it is longer than the screen, as git does; in a pipe as it is.
 *
 * @param rows of the screen that are free for it
 */
export async function page(text: string, rows = process.stdout.rows): Promise<void> {
  const { PAGER = "less 2>/dev/null", TERM = "dumb" } = process.env;
  const isLong = process.stdout.isTTY && TERM !== "dumb" && heightOf(text) >= rows;
  const isShown = isLong && PAGER !== "" && (await showIn(PAGER, text, rows));
  if (!isShown) console.log(text);
}

/** Returns false when there is no such pager. */
async function showIn(command: string, text: string, rows: number): Promise<boolean> {
  const { stdin, stdout, env } = process;
  // F: less ends at once when all of it is on the screen; R: it lets colours through; X: leaves the text there
  const LESS = env.LESS ?? (rows < stdout.rows ? "RX" : "FRX");
  const isRaw = stdin.isTTY && stdin.isRaw;
  if (isRaw) stdin.setRawMode(false).pause(); // keys are for the pager
  const ignore = () => {};
  process.on("SIGINT", ignore); // Ctrl-C, too: it goes on
  const pager = spawn("sh", ["-c", command], {
    stdio: ["pipe", "inherit", "inherit"],
    env: { ...env, LESS },
  });
  pager.stdin.on("error", ignore); // the user has seen enough
  pager.stdin.end(`${text}\n`);
  const [status] = await once(pager, "exit");
  process.off("SIGINT", ignore);
  if (isRaw) stdin.setRawMode(true).resume();
  return status !== 127;
}

/** Returns how many lines of the screen some text takes up. */
export function heightOf(text: string): number {
  return stripVTControlCharacters(text)
    .split("\n")
    .reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns())), 0);
}
