import { type Host, openHost, ubuntuFs } from "host";
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

/**
 * Opens a sandbox host with two terminals. When it dies, whatever killed it, another one is opened.
 *
 * @param isCopy true if the repo here is a copy of the one that the server has
 */
export function openInside(isCopy: boolean, tell: (message: FromInside) => void): Inside {
  const checker = openChecker(isCopy, tell);
  let terminals: Terminal[] = [];
  let isWatched = false;
  let closed = false;
  let opening = open();

  async function open(): Promise<Opened> {
    const host = await openHost({ isSealed: true });
    await host.run("hostname", "lab");
    terminals = TERMINALS.map((number) => openOn(host, number));
    const numbers = () => terminals.map((terminal) => terminal.device());
    const eyes = watchHost(host.pid, [ubuntuFs], numbers, tell, reopen);
    eyes.watch(isWatched);
    return {
      watch: eyes.watch,
      async close() {
        eyes.close();
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
      for (const terminal of TERMINALS) tell({ type: "data", terminal, data: NEW_HOST });
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

/** Messages that are for no terminal, and need not wait until one is open. */
type Always = { type: "reopen" } | { type: "check" };

/** Resets the terminal, and says why. */
const NEW_HOST = "\x1bcThe host has ended, and all that was on it. This is a new one.\r\n";
