import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";
import { type Host, until } from "host";

export const COLUMNS = 100;
export const ROWS = 24;

/** A host on which a command line runs, if it comes behind these words. */
export type TerminalHost = Pick<Host, "enter">;

/** A terminal window with a root shell on a host. It ends when a disposable host does. */
export interface Terminal {
  /** Sends keys, as if they were typed. What comes after them is new. */
  type(keys: string): void;
  /** Forgets what has come so far: only what comes from now on is new. */
  forget(): void;
  /** Notes that the waiting prompt is being replaced, and may have been: nobody types at it. */
  expectPrompt(): void;
  /** Returns what is new as plain text, without the prompt and later output of the background. */
  answer(): string;
  /** Returns the prompt that waits for a command, or undefined while something runs. */
  prompt(): string | undefined;
  /** Waits for a prompt, any or a certain one, and returns it. */
  untilPrompt(certain?: string): Promise<string>;
}

const PROMPT = /^(?:[\w-]+@[\w.-]+:\S*|(?:ba)?sh-[\d.]+)[#$] /gm;

export function openTerminal(host: TerminalHost): Terminal {
  const printed: string[] = [];
  /** The number of printed pieces that are no longer new. */
  let done = 0;
  /** The prompt that was waiting at that time. */
  let waiting: string | undefined;

  const pty = startShell(host);
  pty.onData((text) => {
    printed.push(text);
  });

  const news = () => printed.slice(done);
  const prompt = () => lastPrompt(plain(news()))?.[0] ?? waiting;
  const forget = () => {
    waiting = prompt();
    done = printed.length;
  };
  const expectPrompt = () => {
    waiting = undefined;
  };
  const answer = () => {
    const text = plain(news());
    return text.slice(0, lastPrompt(text)?.index);
  };
  const type = (keys: string) => {
    forget();
    expectPrompt();
    pty.write(keys);
  };
  const untilPrompt = async (certain?: string) => {
    const isIt = (found?: string) => certain === undefined || found === certain;
    try {
      return await until("a prompt", () => (isIt(prompt()) ? prompt() : undefined), 100);
    } catch (cause) {
      throw new Error(`no prompt after:\n${answer()}`, { cause });
    }
  };
  return { type, forget, expectPrompt, answer, prompt, untilPrompt };
}

function startShell(host: TerminalHost) {
  const shell = ["sh", "-c", "cd /workshop && exec setsid --ctty --wait bash"];
  const [file = "", ...args] = [...host.enter(), ...shell];
  return spawn(file, args, {
    cols: COLUMNS,
    rows: ROWS,
    env: {
      // Everybody's pnpm comes first: see become-lab.sh
      PATH: `/mnt/bin:${process.env.PATH}`,
      // A home of that host alone, without a .bashrc: the prompt is the one below
      HOME: "/mnt/none",
      TERM: "xterm",
      LANG: "C.UTF-8",
      PS1: "\\u@\\h:\\w\\$ ",
      HISTFILE: "",
      // The repo has another path here, which must not make pnpm install again
      pnpm_config_verify_deps_before_run: "false",
    },
  });
}

/** Finds the last prompt: something that runs in the background may print after it. */
function lastPrompt(text: string): RegExpExecArray | undefined {
  return [...text.matchAll(PROMPT)].at(-1);
}

function plain(printed: readonly string[]): string {
  const text = printed.join("");
  // A progress display goes back to the first column and erases the line
  const lines = text.split("\n").map((line) => line.split("\u001b[1G\u001b[0K").at(-1));
  return stripVTControlCharacters(lines.join("\n")).replaceAll("\r", "");
}
