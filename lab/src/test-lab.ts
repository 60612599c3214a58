import { Command } from "commander";
import { findArchitecture } from "./architecture.ts";
import { openLab } from "./open-lab.ts";
import { reportErrors } from "./report-errors.ts";

// pnpm test:lab [--arch <name>] [what vitest takes]
await new Command("pnpm test:lab")
  .description("Runs in the lab the tests that want a machine of their own.")
  .argument("[words...]", "files and options for vitest")
  .option("--arch <name>", "runs what may differ on another architecture")
  .allowUnknownOption()
  .action(async (words: string[], { arch }: { arch?: string }) => {
    await reportErrors((signal) => {
      const architecture = findArchitecture(arch);
      const isOther = architecture.node !== process.arch;
      const mode = isOther ? "architecture" : "lab";
      const vitest = ["vitest", "run", "--mode", mode, ...words];
      const command = ["pnpm", "--silent", "--dir", "test", "exec", ...vitest];
      return openLab(command, { architecture }, signal);
    });
  })
  .parseAsync();
