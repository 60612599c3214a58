import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Block, docs } from "./blocks.ts";
import { COLUMNS, ROWS } from "./terminal.ts";

export const recordings = path.join(docs, "public/recordings");

/** The pace, in seconds: nobody types or reads as quickly as the tests do. */
const KEYSTROKE = 0.05;
const LINE = 0.06;
const readingTime = (lines: number) => Math.min(0.8 + 0.25 * lines, 4);

const COLOUR = { host: "\u001b[1;34m", container: "\u001b[1;33m" };
const PLAIN = "\u001b[0m";

/**
 * Writes a recording for a page to play, unless the one that is there is of the same block. What is
 * printed is what was printed when the block was run, with the examples of the page; the pace is made
 * up.
 *
 * @param answers one for each entry of the block
 * @see https://docs.asciinema.org/manual/asciicast/v2/
 */
export function saveRecording(block: Block, answers: readonly string[]): void {
  const file = path.join(recordings, `${block.name}.cast`);
  const source = createHash("sha256")
    .update(JSON.stringify([block.terminal, block.entries]))
    .digest("hex")
    .slice(0, 16);
  if (existsSync(file) && sourceOf(file) === source) return;
  const events = eventsOf(block, answers);
  const lines = events
    .map(([, , text]) => text)
    .join("")
    .split("\r\n")
    .map((line) => stripVTControlCharacters(line).length);
  const width = Math.min(Math.max(40, ...lines) + 1, COLUMNS);
  const height = Math.min(lines.length, ROWS);
  const header = { version: 2, width, height, source };
  writeFileSync(file, [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join(""));
}

type Event = [time: number, type: "o", text: string];

function eventsOf({ entries, terminal }: Block, answers: readonly string[]): Event[] {
  const events: Event[] = [];
  let now = 0.2;
  const print = (text: string, pause: number) => {
    events.push([Number(now.toFixed(2)), "o", text]);
    now += pause;
  };
  for (const [index, { place, prompt = "", command, key = "" }] of entries.entries()) {
    if (place !== entries[index - 1]?.place) {
      print(`${COLOUR[place]}(terminal ${terminal}, ${place})${PLAIN}\r\n`, LINE);
    }
    print(`${COLOUR[place]}${prompt}${PLAIN}`, 0.6);
    for (const letter of key || command) print(letter, KEYSTROKE);
    if (prompt || key) print("\r\n", 0.3);
    const lines = (answers[index] ?? "").split("\n").slice(0, -1);
    for (const line of lines) print(`${line}\r\n`, LINE);
    now += readingTime(lines.length);
  }
  print("", 0); // the last answer stays for as long as it takes to read
  return events;
}

function sourceOf(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8").split("\n")[0] ?? "").source;
}
