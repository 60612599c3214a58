import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { docs } from "./blocks.ts";
import { COLUMNS, lastPrompt, type Printed, ROWS } from "./terminal.ts";

export const recordings = path.join(docs, "public/recordings");

/** The pace of typing, in seconds. */
const KEYSTROKE = 0.04;
const THINKING = 0.6;

/** A terminal recording: what happened when a block was run. Only the pace of typing is made up. */
export interface Recording {
  print(text: string): void;
  /** Adds what was typed, key by key, and what came back, at its own pace. */
  typed(keys: string, printed: readonly Printed[]): void;
  /** Writes it for the pages to play, unless the one that is there is of the same block. */
  save(name: string): void;
}

/**
 * Begins a recording in the asciicast format.
 *
 * @param content of the block: as long as it stays the same, the recording on disk is kept
 * @see https://docs.asciinema.org/manual/asciicast/v2/
 */
export function startRecording(content: string): Recording {
  const source = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const events: [time: number, type: "o", text: string][] = [];
  let now = 0;

  const print = (text: string) => {
    events.push([Number(now.toFixed(3)), "o", text]);
  };
  const typed = (keys: string, printed: readonly Printed[]) => {
    now += THINKING;
    for (const key of keys) {
      print(key);
      now += KEYSTROKE;
    }
    print("\r\n");
    let before = printed[0]?.time ?? 0;
    for (const { time, text } of withoutEcho(printed)) {
      now += time - before;
      before = time;
      print(text);
    }
  };
  const save = (name: string) => {
    const file = path.join(recordings, `${name}.cast`);
    if (existsSync(file) && sourceOf(file) === source) return;
    const lines = events
      .map(([, , text]) => text)
      .join("")
      .split("\n").length;
    const header = { version: 2, width: COLUMNS, height: Math.min(lines, ROWS), source };
    writeFileSync(file, [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join(""));
  };
  return { print, typed, save };
}

function sourceOf(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8").split("\n")[0] ?? "").source;
}

/** Leaves out the first line, which is what was typed, and the prompt at the end. */
function withoutEcho(printed: readonly Printed[]): Printed[] {
  const kept: Printed[] = [];
  let inEcho = true;
  for (const { time, text: written } of printed) {
    const text = written.replaceAll(/[^ -~\s]\[\?2004[hl]/g, ""); // readline: "paste with brackets"
    if (!inEcho) kept.push({ time, text });
    else if (text.includes("\n")) {
      inEcho = false;
      kept.push({ time, text: text.slice(text.indexOf("\n") + 1) });
    }
  }
  const last = kept.at(-1);
  const prompt = last && lastPrompt(last.text);
  if (prompt) last.text = last.text.slice(0, prompt.index);
  return kept;
}
