import { type Host, openHost, openMachine, ubuntuFs } from "host";
import { type Eyes, openEyes } from "../look/look.ts";
import { type FromInside, TERMINALS, type ToInside } from "../messages.ts";
import { openChecker } from "./check-practice.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { watchHost } from "./watch-host.ts";

/** A host, with terminals on it, and eyes. */
export interface Inside {
  take(message: ToInside): void;
  /** Lets the programs in the terminals wait. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

interface Opened {
  watch(wanted: boolean): void;
  close(): Promise<void>;
}

/** The kind of host, and of repo, that it is. */
export interface Kind {
  /** True for a host of its own: when that dies, whatever killed it, another one is opened. */
  isSandbox: boolean;
  /** True if the repo here is a copy of the one that the server has. */
  isCopy: boolean;
}

/** Opens a host with two terminals: a sandbox, or this machine itself. */
export function openInside(
  { isSandbox, isCopy }: Kind,
  tell: (message: FromInside) => void,
): Inside {
  const checker = openChecker(isCopy, tell);
  let terminals: Terminal[] = [];
  let isWatched = false;
  let closed = false;
  let opening = open();

  async function open(): Promise<Opened> {
    const { host, eyes } = await openGround(isSandbox);
    terminals = TERMINALS.map((number) => openOn(host, number));
    const numbers = () => terminals.map((terminal) => terminal.device());
    const watcher = watchHost(eyes, isSandbox, numbers, tell, reopen);
    watcher.watch(isWatched);
    return {
      watch: watcher.watch,
      async close() {
        watcher.close();
        for (const terminal of terminals) terminal.close();
        await host.close();
      },
    };
  }

  function openOn(host: Host, number: number): Terminal {
    return openTerminal(host, (data) => tell({ type: "data", terminal: number, data }));
  }

  function reopen(): void {
    if (closed) return;
    opening = opening.then(async (last) => {
      await last.close();
      for (const terminal of TERMINALS)
        tell({ type: "data", terminal, data: isSandbox ? NEW_HOST : NEW_TERMINAL });
      return open();
    });
    opening.catch(fail);
  }

  function fail(error: Error): void {
    tell({ type: "failed", reason: error.message });
  }

  function pass(message: Exclude<ToInside, Always>, watch: Opened["watch"]): void {
    if (message.type === "watch") {
      watch(isWatched);
      return;
    }
    const terminal = terminals[message.terminal - 1];
    if (message.type === "type") terminal?.type(message.data);
    else terminal?.resize(message.columns, message.rows);
  }

  /** Does something with the host once it is open: what went wrong with it is told already. */
  function whenOpen(act: (opened: Opened) => void | Promise<void>): Promise<void> {
    return opening.then(act, () => {});
  }

  opening.then(() => tell({ type: "ready" }), fail);
  return {
    take(message) {
      if (message.type === "watch") isWatched = message.wanted;
      if (message.type === "reopen") reopen();
      else if (message.type === "check") checker.check(message.stage, message.code);
      else whenOpen(({ watch }) => pass(message, watch)); // what is typed waits for its terminal
    },
    pause() {
      for (const terminal of terminals) terminal.pause();
    },
    resume() {
      for (const terminal of terminals) terminal.resume();
    },
    async close() {
      closed = true;
      await Promise.all([checker.close(), whenOpen(({ close }) => close())]);
    },
  };
}

/** Opens the host, and eyes on it. */
async function openGround(isSandbox: boolean): Promise<{ host: Host; eyes: Eyes }> {
  if (!isSandbox) {
    const host = openMachine();
    return { host, eyes: openEyes("/proc", [ubuntuFs], host.group) };
  }
  const host = await openHost({ isSealed: true });
  await host.run("hostname", "lab");
  return { host, eyes: openEyes(`/proc/${host.pid}/root/proc`, [ubuntuFs]) };
}

/** Messages that are for no terminal, and need not wait until one is open. */
type Always = { type: "reopen" } | { type: "check" };

/** Each resets the terminal, and says why. */
const NEW_TERMINAL = "\x1bcAll that ran in the terminals has ended. This is a new one.\r\n";
const NEW_HOST = "\x1bcThe host has ended, and all that was on it. This is a new one.\r\n";
