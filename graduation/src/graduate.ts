import { existsSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { interruption, repo } from "host";
import { engines } from "./engines/index.ts";
import { pathInMachine, runInMachine } from "./machine/open-machine.ts";
import { missingPackages } from "./packages.ts";

/** The runtime of the last stage. */
const OURS = path.join(repo, "steps/13-oci/runtime");

/** The minutes after which the machine is ended. */
const LIMIT = 15;

const names = engines.map(({ name }) => name);

await new Command("pnpm graduate")
  .description("Real engines run ubuntu-fs with your runtime, on a disposable machine.")
  .argument("[engines...]", `some of ${names.join(", ")}; without one, all`)
  .option("--runtime <program>", "what engines call", existsSync(OURS) ? OURS : "runc")
  .option("--packages <folder>", "where Debian's packages are unpacked, if they are not installed")
  .showHelpAfterError("(pnpm graduate --help shows what there is)")
  .action(async (chosen: string[], options) => {
    try {
      process.exitCode = await graduate(chosen, options);
    } catch (error) {
      console.error(`graduate: ${(error as Error).message}`);
      process.exitCode ||= 1;
    }
  })
  .parseAsync();

async function graduate(
  chosen: string[],
  { runtime, packages }: { runtime: string; packages?: string },
): Promise<number> {
  const unknown = chosen.find((name) => !names.includes(name));
  if (unknown) throw new Error(`there is no ${unknown}: choose from ${names.join(", ")}`);
  if (!/\/|^(runc|crun)$/.test(runtime)) {
    throw new Error(`--runtime ${runtime}: type runc, crun, or a path such as ./${runtime}`);
  }
  if (process.geteuid?.() !== 0) {
    throw new Error('the machine needs Linux and root: type "sudo env PATH=$PATH pnpm graduate"');
  }
  // pnpm starts us in graduation/; relative paths are meant from where the user is
  const fromHere = (file: string) => path.resolve(process.env.INIT_CWD ?? "", file);
  const folder = packages === undefined ? undefined : fromHere(packages);
  const missing = missingPackages(folder);
  if (missing.length > 0) {
    const install = `apt-get install --no-install-recommends ${missing.join(" ")}`;
    throw new Error(`the engines are not all here: type "${install}"`);
  }
  const program = runtime.includes("/") ? pathInMachine(fromHere(runtime)) : runtime;
  const interrupted = interruption();
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(LIMIT * 60_000)]);
  const main = path.join(import.meta.dirname, "machine/main.ts");
  const some = chosen.length > 0 ? chosen : names;
  const status = await runInMachine(folder, main, [program, ...some], signal);
  if (signal.aborted && !interrupted.aborted) {
    throw new Error(`it took longer than ${LIMIT} minutes, and was ended`);
  }
  return interrupted.aborted ? Number(process.exitCode) : status;
}
