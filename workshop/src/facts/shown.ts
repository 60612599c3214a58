import { stripVTControlCharacters } from "node:util";

/** The most that is shown of what a program printed. */
const LENGTH = 160;

/** Returns what a program printed as its reader sees it: without colours, \r and what is blank at its end. */
export function plain(output: string): string {
  return stripVTControlCharacters(output).replaceAll("\r\n", "\n").trimEnd();
}

/** Returns what a program printed, in one line that does nothing to a terminal. */
export function shown(output: string): string {
  const line = plain(output).trim().replace(/\s+/g, " ").replace(/\p{C}/gu, "?");
  if (line === "") return "nothing";
  return line.length > LENGTH ? `${line.slice(0, LENGTH)}…` : line;
}

/** Returns what a stage wrote to standard error besides its two lines on what is running. */
export function said(stderr: string): string {
  return plain(stderr).replace(/^Running (main|child) process .*? as \d+$\n?/gms, "");
}

/** Returns a command as one would type it. */
export function shellQuote(command: string[]): string {
  const quote = (word: string) => (/^[\w./=:-]+$/.test(word) ? word : `'${word}'`);
  return command.map(quote).join(" ");
}
