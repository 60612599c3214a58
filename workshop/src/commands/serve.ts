import path from "node:path";
import { Command } from "commander";
import { interruption, startProgress } from "host";
import { renderUnicodeCompact } from "uqr";
import { ownAddresses } from "../network/own-addresses.ts";
import { portNumber } from "../network/port-number.ts";
import { headOfRepo } from "../pack/parts/repo.ts";
import { findPack, type Pack } from "../serve/find-pack.ts";
import { startAt } from "../serve/start-line.ts";
import { paint } from "../terminal/paint.ts";

/** Describes `pnpm workshop serve`, which hands a pack to the room. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("hands a pack and the course to the room, over its network")
    .argument("<folder>", "the pack that pnpm workshop pack has made")
    .option("--port <number>", "where to listen", portNumber, 8000)
    .action(serve);
}

async function serve(given: string, { port }: { port: number }): Promise<void> {
  const { openRoom } = await import("../serve/open-room.ts"); // it loads much
  const signal = interruption();
  const progress = startProgress();
  const computers = new Set<string>();
  const tell = (address: string) => {
    computers.add(address);
    progress.detail(`computers so far: ${computers.size}`);
  };
  try {
    const addresses = ownAddresses();
    if (addresses.length === 0) {
      throw new Error("this computer has no address: join the room's network, then try again");
    }
    progress.step("looking at the pack");
    const folder = path.resolve(process.env.INIT_CWD ?? "", given);
    const pack = await findPack(folder, signal, progress.detail);
    progress.end();
    await openRoom(pack, { port, signal, tell }, async () => {
      await show(addresses, port, pack);
      if (await isOld(pack, signal)) {
        console.log(
          `  The repo here has changed since: "pnpm workshop pack ${given}" makes a new one.\n`,
        );
      }
      progress.step("Ctrl-C ends it");
    });
  } catch (error) {
    if (!signal.aborted) throw error; // its status says so
  } finally {
    progress.end();
  }
}

/** Shows the first address large, for the projector, and the others in case that the room has another. */
async function show([first = "", ...others]: string[], port: number, pack: Pack): Promise<void> {
  const place = `${first}:${port}`;
  const code = renderUnicodeCompact(`http://${place}`, { border: 2 }).split("\n");
  // In colours of its own: a camera reads nothing that is light on dark
  console.log(`\n${code.map((line) => `  ${paint(["whiteBright", "bgBlack"], line)}\n`).join("")}`);
  console.log(`  Open http://${place}, or type:\n`);
  console.log(`  ${paint("bold", (await startAt(place, pack)).curl)}\n`);
  for (const other of others) {
    console.log(`  In another network: ${(await startAt(`${other}:${port}`, pack)).curl}`);
  }
  const megabytes = [...pack.sizes.values()].reduce((sum, size) => sum + size, 0) / 1e6;
  console.log(
    `  ${pack.sizes.size} files, ${megabytes.toFixed(0)} MB, commit ${pack.commit.slice(0, 7)}\n`,
  );
}

/** Tells whether the repo here is at another commit than the pack. Where it is no clone, nothing is known. */
async function isOld({ commit }: Pack, signal: AbortSignal): Promise<boolean> {
  return (await headOfRepo(signal).catch(() => commit)) !== commit;
}
