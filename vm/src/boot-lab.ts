import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import { enclosure } from "./enclosure.ts";
import { packJob } from "./pack-job.ts";
import { isTerminal, keepTerminal, terminalSize } from "./terminal.ts";
import { withFolder } from "./with-folder.ts";

/** What Node makes of `stdio` below: "ignore" is null, each "pipe" a socket. */
type Streams = [null, Duplex, Duplex, Duplex, Duplex, Duplex];

/**
 * Boots a machine from a disk that stays as it is, runs a command in it, and ends it.
 *
 * @param command a program and its arguments; none for a shell
 * @returns its exit status
 */
export function bootLab(image: string, command: string[], signal: AbortSignal): Promise<number> {
  return withFolder(async (folder) => {
    packJob(folder, command);
    const restoreTerminal = keepTerminal();
    try {
      return await runKernel(folder, image, signal);
    } finally {
      restoreTerminal();
    }
  });
}

async function runKernel(folder: string, image: string, signal: AbortSignal): Promise<number> {
  // Opened anew: the kernel makes it non-blocking, which would reach all who share it with us.
  const consoles = isTerminal() ? [openSync("/proc/self/fd/0", "r+")] : [];
  const { wrapper, endSignal } = enclosure();
  const kernel = spawn("setpriv", [...wrapper, "linux.uml", ...parameters(image)], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe", ...consoles],
  });
  for (const fd of consoles) closeSync(fd);
  const closed = once(kernel, "close");
  const end = () => kernel.kill(endSignal);
  signal.addEventListener("abort", end);

  const [, messages, errors, session, stdout, stderr] = kernel.stdio as unknown as Streams;
  stdout.pipe(process.stdout, { end: false });
  stderr.pipe(process.stderr, { end: false });
  let log = "";
  for (const output of [messages, errors]) output.on("data", (text) => (log += text));
  const resize = () => session.write(`${terminalSize()}\n`);
  if (isTerminal()) process.stdout.on("resize", resize);

  let status: number | undefined;
  for await (const line of createInterface({ input: session })) {
    // The kernel has its files open and needs their names no more: now none can be left behind.
    if (line === "ready") rmSync(folder, { recursive: true });
    else status = Number(line.replace("exit ", ""));
  }
  await closed;
  process.stdout.off("resize", resize);
  signal.removeEventListener("abort", end);
  signal.throwIfAborted();
  if (status === undefined) throw new Error(`the machine ended before its command:\n${log}`);
  return status;
}

/** The kernel's command line. Paths are relative, since it takes commas and colons for separators. */
function parameters(image: string): string[] {
  return [
    ...["mem=2G", "umid=lab", "uml_dir=.", "noreboot"],
    // The disk stays as it is. Of the host's other files, hostfs can reach an empty folder.
    ...[`ubd0=disk.cow,../${path.basename(image)}`, "ubd1r=job.tar", "hostfs=empty"],
    ...["root=/dev/ubda", "rootfstype=ext4", "rw"],
    ...["con=null", isTerminal() ? "con0=fd:6,fd:6" : "con0=null,fd:2"],
    ...["ssl=null", "ssl0=fd:3,fd:3", "ssl1=null,fd:4", "ssl2=null,fd:5"],
    ...[
      "quiet",
      "loglevel=0",
      "lsm=capability",
      "systemd.unit=lab.target",
      "systemd.show_status=0",
    ],
  ];
}
