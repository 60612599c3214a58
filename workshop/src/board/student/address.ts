import { NAME } from "../messages.ts";

/**
 * Reads what a student types: "192.168.1.20:7070/k7mpqx".
 *
 * @throws {Error} for anything else
 */
export function readAddress(text: string): { address: string; code: string } {
  const [, address = "", code = ""] =
    /^(?:http:\/\/)?([^\s/?#@]+:\d{1,5})\/([a-z\d]{6})\/?$/i.exec(text) ?? [];
  if (URL.canParse(`http://${address}`)) return { address, code: code.toLowerCase() };
  throw new Error(
    `"${text}" is no address of a board: type it as the teacher shows it, such as 192.168.1.20:7070/k7mpqx`,
  );
}

/**
 * Reads the name that a student types, or returns undefined for none.
 *
 * @throws {Error} for one that no board would show
 */
export function readName(words: string[]): string | undefined {
  const name = words.join(" ").normalize("NFC").trim().replaceAll(/ +/g, " ");
  if (name === "") return undefined;
  if (NAME.test(name)) return name;
  throw new Error("a name has at most 40 letters, digits, spaces, and . ' _ - : type another one");
}
