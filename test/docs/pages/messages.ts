import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { advice } from "shared-native";

/** The beginning of a message in the code: next comes its text, or a choice of texts. */
const BEGIN =
  /new (?:Error|RangeError|TypeError)\(|console\.error\(|stderr\.write\(|reason = [^;]*?\?(?! *\.)/g;

const LITERAL = /\s*\+?\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/y;

/** Messages that are printed while all is well, or that only pass another one on. */
const NO_ERROR =
  /^Running|^lab: … s$|^live: |^(?:error|graduate|lab|debootstrap|--from …): …$|^[…\s\W]*$/;

/**
 * Finds the error messages that the project's code can print, "…" for what is put in.
 *
 * @returns each message, with the file that has it
 */
export function messagesInCode(): Map<string, string> {
  const files = globSync(
    [
      "{shared-native,oci,steps/*,workshop,lab,live,graduation}/src/**/*.ts",
      "shared-native/{,loader/}*.cjs",
      "host/src/interruption.ts",
    ],
    { cwd: repo, exclude: ["workshop/src/facts/**", "live/src/look/**"] }, // facts are the tests themselves
  );
  const texts = Object.values(advice).map((text) => (typeof text === "string" ? text : text("…")));
  const messages = new Map(texts.map((text) => [text, "shared-native/src/errors/advice.ts"]));
  for (const file of files.sort()) {
    const code = readFileSync(path.join(repo, file), "utf8");
    for (const { index, 0: begin } of code.matchAll(BEGIN)) {
      const choice = begin.startsWith("reason");
      for (const text of textsAt(code, index + begin.length, choice)) {
        if (!NO_ERROR.test(text)) messages.set(text, file);
      }
    }
  }
  return messages;
}

function textsAt(code: string, start: number, choice: boolean): string[] {
  let text = "";
  LITERAL.lastIndex = start;
  for (let match = LITERAL.exec(code); match !== null; match = LITERAL.exec(code)) {
    text += (match[1] ?? match[2] ?? match[3] ?? "").replace(/\\(["'`\\])/g, "$1");
    start = LITERAL.lastIndex;
  }
  const other = choice ? /^\s*:/.exec(code.slice(start)) : null;
  const more = other ? textsAt(code, start + other[0].length, false) : [];
  return text === "" ? more : [withDots(text), ...more];
}

/** "--from ${from}: choose …" → "--from …: choose …"; the stages' names differ, too. */
function withDots(text: string): string {
  const templates = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;
  return (
    text
      .replace(templates, "…")
      .replace(/\d\d-[a-z-]+/g, "…")
      .split("\\n")[0]
      ?.trim() ?? ""
  );
}
