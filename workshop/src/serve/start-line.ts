import { fillIn } from "../pack/write-start.ts";
import { runTool } from "../rootfs/run-tool.ts";
import type { Pack } from "./find-pack.ts";

/** The script that students run, for one address of this computer. */
export interface Start {
  script: string;
  /** The lines to type: each compares the script with its checksum before it runs. */
  curl: string;
  wget: string;
}

/**
 * Makes the script that knows from where the rest is to be had. Its checksum has 64 bits, as people type
 * it: enough, since who wanted another script with the same one would have to try 2^64.
 *
 * @param place this computer's address and port
 */
export async function startAt(place: string, { start }: Pack): Promise<Start> {
  const script = fillIn(start, { from: `http://${place}/` });
  let sum = "";
  await runTool("sh", ["-c", 'printf %s "$1" | b2sum --length=64', "sh", script], {
    onLine: (line) => {
      sum = line.slice(0, 16);
    },
  });
  const check = `echo ${sum} start | b2sum -c && sh start`;
  return {
    script,
    curl: `curl -so start ${place}/start; ${check}`,
    wget: `wget -qO start ${place}/start; ${check}`,
  };
}
