import { type Entry, withoutMarks } from "docs/markdown/transcript/parse.ts";
import { type Host, until } from "host";
import type { Block } from "./blocks.ts";
import { fillIn, matches, type Names } from "./match.ts";
import { type Recording, startRecording } from "./recording.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

const KEYS: Record<string, string> = { "^C": "\x03", "^D": "\x04", "^Z": "\x1a" };

/**
 * Types a page's blocks into terminals on a disposable host, and compares every answer.
 *
 * @returns a recording of each block, by name
 * @throws {Error} at the first answer that is not as in the page, with both
 */
export async function runBlocks(
  blocks: readonly Block[],
  host: Host,
): Promise<Map<string, Recording>> {
  const terminals = new Map<string, Terminal>();
  const recordings = new Map<string, Recording>();
  const names: Names = new Map();
  for (const [index, block] of blocks.entries()) {
    const terminal = terminals.get(block.terminal) ?? openTerminal(host);
    terminals.set(block.terminal, terminal);
    const later = blocks.slice(index + 1).filter((other) => other.terminal === block.terminal);
    const following = later.flatMap(({ entries }) => entries)[0];
    const recording = startRecording(block.content);
    recordings.set(block.name, recording);
    await runBlock(block, terminal, following, names, recording);
  }
  return recordings;
}

async function runBlock(
  block: Block,
  terminal: Terminal,
  following: Entry | undefined,
  names: Names,
  recording: Recording,
): Promise<void> {
  for (const [index, entry] of block.entries.entries()) {
    const next = block.entries[index + 1] ?? following;
    const { prompt, command, key, output } = entry;
    const typed = fillIn(command, names);
    if (prompt) {
      const actual = await terminal.untilPrompt();
      if (actual !== prompt) throw drift(block, entry, [prompt], actual);
      recording.print(prompt);
      terminal.forget();
    }
    if (key || typed) terminal.type(key ? (KEYS[key] ?? "") : `${typed}\r`);
    else if (output.length > 0) terminal.expectPrompt();
    else continue;

    // With a prompt to come, all of the answer is there; else it is as soon as it agrees.
    const answered = () => matches(output, answerTo(entry, terminal), names);
    if (next?.prompt) await terminal.untilPrompt(key || typed ? undefined : next.prompt);
    else
      await until("the answer", () => answered() || terminal.prompt(), 100).catch(() => undefined);
    if (!answered()) throw drift(block, entry, output, answerTo(entry, terminal));
    recording.typed(key ?? typed, terminal.news());
  }
  terminal.forget();
}

/** Returns what was printed, without the echo of what was typed. */
function answerTo({ key, command }: Entry, terminal: Terminal): string {
  const answer = terminal.answer();
  if (!key && !command) return answer;
  return answer.slice(answer.indexOf("\n") + 1).replace(/^\n+/, ""); // pnpm leaves an empty line
}

function drift(block: Block, { command, key }: Entry, expected: string[], actual: string): Error {
  const page = withoutMarks(expected.join("\n"));
  return new Error(
    `${block.place}: the answer to "${key ?? command}" is another.\n` +
      `--- the page:\n${page}\n--- this run:\n${actual.trimEnd()}\n---`,
  );
}
