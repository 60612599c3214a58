// pnpm live: the course, two terminals and a map of what the kernel sees, in the browser
import { Command, InvalidArgumentError } from "commander";
import { interruption } from "host";
import { advice } from "shared-native";
import { ensureCourse } from "./server/course.ts";
import { startServer } from "./server/server.ts";

await new Command("pnpm live")
  .description(
    "Shows the course in the browser, beside terminals and a map of what the kernel sees.",
  )
  .option("--port <number>", "where to listen, if not on any that is free", portNumber, 0)
  .showHelpAfterError("(pnpm live --help shows what there is)")
  .allowExcessArguments(false)
  .action(async ({ port }) => {
    const signal = interruption();
    try {
      await live(port, signal);
    } catch (error) {
      if (signal.aborted) return; // its status says so
      console.error(`error: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  })
  .parseAsync();

async function live(port: number, signal: AbortSignal): Promise<void> {
  if (process.platform !== "linux") throw new Error(advice.linux);
  if (process.geteuid?.() !== 0) {
    throw new Error(advice.root(["pnpm live", ...process.argv.slice(2)].join(" ")));
  }
  await ensureCourse(signal);
  const server = await listen(port);
  try {
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

async function listen(port: number) {
  try {
    return await startServer(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new Error(`port ${port} is taken: type "pnpm live" for one that is free`);
  }
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
