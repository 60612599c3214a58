import { readFileSync, writeSync } from "node:fs";

/** The time to wait while a terminal takes no more, in milliseconds. */
const PAUSE = 20;
const CTRL_C = "\x03";

/** Keys for a terminal, which come as fast as they are read there. */
export interface Keyboard {
  type(keys: string): void;
  close(): void;
}

/**
 * Connects a keyboard with a terminal. node-pty itself would write again and again, without a pause and
 * with nothing else done meanwhile, for as long as the program there does not read.
 *
 * @param descriptor the terminal's other side
 * @param pid a process in it
 */
export function connectKeyboard(descriptor: number, pid: number): Keyboard {
  let waiting = Buffer.alloc(0);
  let timer: NodeJS.Timeout | undefined;

  function write(): void {
    timer = undefined;
    try {
      while (waiting.length > 0) {
        waiting = waiting.subarray(
          writeSync(descriptor, waiting, 0, Math.min(waiting.length, 4096)),
        );
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") timer = setTimeout(write, PAUSE);
      else waiting = Buffer.alloc(0); // the terminal has ended
    }
  }

  return {
    type(keys) {
      if (timer && keys.includes(CTRL_C)) {
        // It would wait behind what nobody reads, which the kernel would throw away for it
        waiting = Buffer.alloc(0);
        interrupt(pid);
      }
      waiting = Buffer.concat([waiting, Buffer.from(keys)]);
      if (timer === undefined) write();
    },
    close: () => clearTimeout(timer),
  };
}

/** Sends SIGINT to the processes in the foreground of a process's terminal. */
function interrupt(pid: number): void {
  const group = Number(fieldsOfStat(pid)[5]);
  if (group > 0) process.kill(-group, "SIGINT");
}

/** Returns the fields of /proc/<pid>/stat that follow the name: none when the process has ended. */
export function fieldsOfStat(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
