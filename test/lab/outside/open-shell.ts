import { openTerminal } from "../../kit/open-terminal.ts";
import type { Cache } from "./open-cache.ts";
import { labCommand } from "./start-lab.ts";

/** The prompt of the lab's shell. */
export const PROMPT = /root@lab:\/workshop# /;

/** Opens `pnpm lab` in a terminal of its own. */
export async function openShell({ environment }: Cache) {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const lab = await openTerminal(["env", ...variables, ...labCommand]);
  await lab.shows(PROMPT);
  return lab;
}
