/** The place of the process whose prompt is shown. */
export type Place = "host" | "container";

/** A prompt with what is typed at it, and the answer. */
export interface Entry {
  place: Place;
  /** "root@lab:/workshop# ", or undefined for an answer that begins the block. */
  prompt?: string;
  /** The command. */
  command: string;
  /** A key instead of a command: "^C", "^D" or "^Z", typed to the program that runs. */
  key?: string;
  /** Lines with marks: ‹1557› varies, ‹pid:1923› is also kept, … is any text, ⋮ any lines. */
  output: string[];
}

const PROMPT = /^(\[container\] )?((?:[\w-]+@[\w.-]+:\S*|(?:ba)?sh-[\d.]+)[#$] ?)(.*)$/;
const KEY = /^\^[CDZ]$/;

/**
 * Reads a `console` block. A prompt that names the container is inside it, and so is one that has
 * `[container]` in front: `[container] root@lab:/workshop# `.
 *
 * @param place where the block begins, if that is with an answer or a key
 */
export function parseTranscript(content: string, place: Place = "host"): Entry[] {
  const entries: Entry[] = [];
  for (const line of content.trimEnd().split("\n")) {
    const [, mark, prompt, command = ""] = PROMPT.exec(line) ?? [];
    const last = entries.at(-1);
    if (prompt !== undefined) {
      const inside = mark !== undefined || prompt.includes("@container:");
      const [now, shown] = [inside ? "container" : "host", `${prompt.trimEnd()} `] as const;
      entries.push({ place: now, prompt: shown, command, output: [] });
    } else if (KEY.test(line)) {
      entries.push({ place: last?.place ?? place, prompt: "", command: "", key: line, output: [] });
    } else if (last === undefined) entries.push({ place, command: "", output: [line] });
    else last.output.push(line);
  }
  return entries;
}

/** Tells whether there is enough in a block for playing it to show more than the text does. */
export function isWorthPlaying(entries: Entry[]): boolean {
  return entries.flatMap(({ output }) => ["", ...output]).length >= 6;
}

/** Returns the text as it is shown: with an example where a value varies. */
export function withoutMarks(text: string): string {
  return text.replace(/‹(?:[a-z]+:)?([^›]*)›/g, "$1");
}
