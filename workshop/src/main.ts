import { Command } from "commander";
import { rootfsCommand } from "./commands/rootfs.ts";

const program = new Command("pnpm")
  .description("The class's command line.")
  .addCommand(rootfsCommand());

// When the terminal is closed, writing to it fails; that must not end the clean-up after SIGHUP.
process.stderr.on("error", () => {});

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode ??= 1;
}
