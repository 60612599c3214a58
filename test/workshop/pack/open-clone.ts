import type { Host } from "host";
import { layOverRepo } from "../../kit/lay-over-repo.ts";
import { openHost } from "../../kit/open-host.ts";
import { commitAll } from "./commit-all.ts";
import { openFolder } from "./open-folder.ts";
import { packCommand } from "./pack-command.ts";

/** A clone of the repo, with nothing changed, on a host of its own. */
export interface Clone {
  host: Host;
  /** An empty folder for packs, and one for temporary files. */
  folder: string;
  temporary: string;
  /** Returns the command line of `pnpm workshop pack`, typed in the folder for packs. */
  command(...args: string[]): string[];
}

/** Opens such a clone: what is in no commit yet is in one there. */
export async function openClone(): Promise<Clone> {
  const host = await openHost();
  await layOverRepo(host);
  await commitAll(host);
  const [folder, temporary] = [openFolder(), openFolder()];
  const settings = [`TMPDIR=${temporary}`, "pnpm_config_fetch_retries=0"];
  const command = (...args: string[]) => ["env", ...settings, ...packCommand(folder, ...args)];
  return { host, folder, temporary, command };
}
