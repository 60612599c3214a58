import path from "node:path";
import { Command, Option } from "commander";
import { findArchitecture } from "./architecture.ts";
import { describeLab } from "./describe-lab.ts";
import { loadDisk, saveDisk } from "./disk/exchange.ts";
import { makeDisk } from "./disk/make-disk.ts";
import type { Accelerator } from "./machine/accelerator.ts";
import { openLab } from "./open-lab.ts";
import { reportErrors } from "./report-errors.ts";
import { isTerminal } from "./session/terminal.ts";

interface Options {
  arch?: string;
  accel?: Accelerator;
  saveDisk?: string;
  loadDisk?: string;
  dryRun?: boolean;
}

// pnpm lab: a root shell in the lab
// pnpm lab -- <command> [args…]: its output and exit status
await new Command("pnpm lab")
  .description("A Linux machine of your own: a root shell in it, or one command.")
  .argument("[command...]", "is run in the lab, which ends with its exit status")
  .option("--arch <name>", "amd64 or arm64; one that this computer does not have is emulated")
  .addOption(
    new Option(
      "--accel <name>",
      "what runs the machine; without it, the fastest that works",
    ).choices([...["kvm", "hvf", "tcg"]]),
  )
  .option("--save-disk <file>", "writes the lab's disk to a file, for another computer")
  .option("--load-disk <file>", "takes the lab's disk from such a file, instead of making it")
  .option("--dry-run", "only tells how much of it is there")
  .passThroughOptions()
  .showHelpAfterError("(pnpm lab --help shows what there is)")
  .action((command, options) => reportErrors((signal) => lab(command, options, signal)))
  .parseAsync();

async function lab(command: string[], options: Options, signal: AbortSignal): Promise<number> {
  const architecture = findArchitecture(options.arch);
  if (options.dryRun) {
    console.log(describeLab(architecture));
    return 0;
  }
  // pnpm starts us in lab/; relative paths are meant from where the user is
  const fromHere = (file: string) => path.resolve(process.env.INIT_CWD ?? "", file);
  if (options.loadDisk) {
    await loadDisk(fromHere(options.loadDisk), architecture, signal);
    return 0;
  }
  if (options.saveDisk) {
    saveDisk(await makeDisk(architecture, signal), fromHere(options.saveDisk));
    return 0;
  }
  if (command.length === 0 && !isTerminal()) {
    throw new Error('a shell needs a terminal: type "pnpm lab -- <command>"');
  }
  const words = command.length > 0 ? command : ["bash", "--login"];
  return openLab(words, { architecture, accelerator: options.accel }, signal);
}
