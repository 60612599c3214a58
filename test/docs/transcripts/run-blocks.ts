import { type Entry, withoutMarks } from "docs/markdown/transcript/parse.ts";
import { until } from "host";
import type { Block } from "./blocks.ts";
import { match, type Names } from "./match.ts";
import { openTerminal, type Terminal, type TerminalHost } from "./terminal.ts";

const KEYS: Record<string, string> = { "^C": "\x03", "^D": "\x04", "^Z": "\x1a" };

/**
 * Types a page's blocks into terminals on a host, and compares every answer.
 *
 * @returns the answers of each block, by its name, with the page's examples
 * @throws {Error} at the first answer that is not as in the page, with both
 */
export async function runBlocks(
  blocks: readonly Block[],
  host: TerminalHost,
): Promise<Map<string, string[]>> {
  const terminals = new Map<string, Terminal>();
  const answers = new Map<string, string[]>();
  const names: Names = new Map();
  for (const [index, block] of blocks.entries()) {
    const terminal = terminals.get(block.terminal) ?? openTerminal(host);
    terminals.set(block.terminal, terminal);
    const later = blocks.slice(index + 1).filter((other) => other.terminal === block.terminal);
    const following = later.flatMap(({ entries }) => entries)[0];
    answers.set(block.name, await runBlock(block, terminal, following, names));
  }
  return answers;
}

async function runBlock(
  block: Block,
  terminal: Terminal,
  following: Entry | undefined,
  names: Names,
): Promise<string[]> {
  const answers: string[] = [];
  for (const [index, entry] of block.entries.entries()) {
    const next = block.entries[index + 1] ?? following;
    const { prompt, command, key, output } = entry;
    if (prompt) {
      const actual = await terminal.untilPrompt();
      if (actual !== prompt) throw drift(block, entry, [prompt], actual);
      terminal.forget();
    }
    if (key || command) terminal.type(key ? (KEYS[key] ?? "") : `${command}\r`);
    else if (output.length > 0) terminal.expectPrompt();
    else continue;

    // With a prompt to come, all of the answer is there; else it is as soon as it agrees.
    const answered = () => match(output, answerTo(entry, terminal), names);
    const isThere = () => answered() !== undefined || terminal.prompt();
    if (next?.prompt) await terminal.untilPrompt(key || command ? undefined : next.prompt);
    else await until("the answer", isThere, 100).catch(() => undefined);
    const answer = answered();
    if (answer === undefined) throw drift(block, entry, output, answerTo(entry, terminal));
    answers[index] = answer;
  }
  terminal.forget();
  return answers;
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
