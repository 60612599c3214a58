// pnpm live: the course, two terminals and a map of what the kernel sees, in the browser
// pnpm live --lab: the terminals are in a lab, so that this needs no root
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { interruption } from "host";
import { advice } from "shared-native";
import { ensureCourse } from "./server/course.ts";
import type { Place } from "./server/inside.ts";
import { type Server, startServer } from "./server/server.ts";

/** Port of the page, if it is free: `vagrant ssh` forwards it to the host. */
const PORT = 5180;

interface Options {
  port?: number;
  lab?: boolean;
  sandbox?: boolean;
}

await new Command("pnpm live")
  .description(
    "Shows the course in the browser, beside terminals and a map of what the kernel sees.",
  )
  .option("--port <number>", `where to listen (default: ${PORT}, or any that is free)`, portNumber)
  .option("--lab", "has the terminals in a lab (see pnpm lab --help), which needs no root")
  .option("--sandbox", "has them on a host of their own, also where this machine is a lab itself")
  .showHelpAfterError("(pnpm live --help shows what there is)")
  .allowExcessArguments(false)
  .action(async ({ port, lab, sandbox }: Options) => {
    const signal = interruption();
    try {
      await live(port, lab ? "lab" : sandbox ? "sandbox" : "here", signal);
    } catch (error) {
      if (signal.aborted) return; // its status says so
      console.error(`error: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  })
  .parseAsync();

async function live(port: number | undefined, place: Place, signal: AbortSignal): Promise<void> {
  if (process.platform !== "linux") throw new Error(advice.linux);
  if (isInLab()) throw new Error('the lab has no network: outside of it, type "pnpm live --lab"');
  if (place !== "lab" && process.geteuid?.() !== 0) {
    const command = ["pnpm live", ...process.argv.slice(2)].join(" ");
    throw new Error(
      `this needs root, unless it has a lab: type "pnpm live --lab", or "sudo env PATH=$PATH ${command}"`,
    );
  }
  await ensureCourse(signal);
  const server = await listen(port, place);
  try {
    await Promise.race([server.ready, aborted(signal), server.failed]);
    if (signal.aborted) return;
    console.log(`\n  ${server.url}\n`);
    console.log(
      "  Open it in a browser on this machine. Whoever has this address has a root shell.",
    );
    console.log("  Ctrl-C ends the page, the terminals and all that runs in them.\n");
    await Promise.race([aborted(signal), server.failed]);
  } finally {
    await server.close();
  }
}

async function listen(port: number | undefined, place: Place): Promise<Server> {
  try {
    return await startServer(port ?? PORT, place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    if (port === undefined) return await startServer(0, place);
    throw new Error(`port ${port} is taken: type "pnpm live" for one that is free`);
  }
}

/** Tells whether this is the machine of `pnpm lab`, which no browser can reach. */
function isInLab(): boolean {
  return readFileSync("/proc/cmdline", "utf8").includes("systemd.unit=lab.target");
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65536) return port;
  throw new InvalidArgumentError("it should be a number up to 65535.");
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
