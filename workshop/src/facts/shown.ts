import { stripVTControlCharacters } from "node:util";

/** The most that is shown of what a program printed. */
const LENGTH = 160;

/** Returns what a program printed, in one line that does nothing to a terminal. */
export function shown(output: string): string {
  const line = stripVTControlCharacters(output).trim().replace(/\s+/g, " ");
  const plain = line.replace(/\p{C}/gu, "?");
  if (plain === "") return "nothing";
  return plain.length > LENGTH ? `${plain.slice(0, LENGTH)}…` : plain;
}

/** Returns a command as one would type it. */
export function shellQuote(command: string[]): string {
  const quote = (word: string) => (/^[\w./=:-]+$/.test(word) ? word : `'${word}'`);
  return command.map(quote).join(" ");
}
