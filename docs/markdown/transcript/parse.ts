/** A prompt with what is typed at it, and the answer. */
export interface Entry {
  /** "root@lab:/workshop# ", or undefined for an answer that begins the block. */
  prompt?: string;
  /** The command, perhaps with marks, as in an answer: ‹pid:1923› is the value seen there. */
  command: string;
  /** A key instead of a command: "^C", "^D" or "^Z", typed to the program that runs. */
  key?: string;
  /** Lines with marks: ‹1557› varies, … is any text, ⋮ any lines. */
  output: string[];
}

const PROMPT = /^((?:[\w-]+@[\w.-]+:\S*|(?:ba)?sh-[\d.]+)[#$] ?)(.*)$/;
const KEY = /^\^[CDZ]$/;

/** Reads a `console` block. */
export function parseTranscript(content: string): Entry[] {
  const entries: Entry[] = [];
  for (const line of content.trimEnd().split("\n")) {
    const [, prompt, command = ""] = PROMPT.exec(line) ?? [];
    if (prompt !== undefined) entries.push({ prompt: `${prompt.trimEnd()} `, command, output: [] });
    else if (KEY.test(line)) entries.push({ prompt: "", command: "", key: line, output: [] });
    else if (entries.length === 0) entries.push({ command: "", output: [line] });
    else entries.at(-1)?.output.push(line);
  }
  return entries;
}

/** Returns the text as it is shown: with an example where a value varies. */
export function withoutMarks(text: string): string {
  return text.replace(/‹(?:[a-z]+:)?([^›]*)›/g, "$1");
}
