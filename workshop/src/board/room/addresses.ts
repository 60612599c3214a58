import { ownAddresses } from "../../network/own-addresses.ts";
import type { Kept } from "./room.ts";

/** Returns what students may type to join: more than one on a machine that is in several networks. */
export function roomAddresses({ port, code }: Kept): string[] {
  const own = ownAddresses();
  return (own.length > 0 ? own : ["127.0.0.1"]).map((address) => `${address}:${port}/${code}`);
}
