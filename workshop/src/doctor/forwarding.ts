import { findProgram } from "../rootfs/sources/host-programs.ts";
import { type Check, expect, start } from "./check.ts";

/** Lets through what comes from stage 9's switch, and what goes there. iptables(8) shows such rules, too. */
const ACCEPT = ["iifname", "oifname"]
  .map((side) => `insert rule ip filter FORWARD ${side} workshop0 accept`)
  .join("; ");

/** Checks whether a firewall stands between stage 9's containers and the world. Docker makes such a one. */
export const forwardingChecks: Check[] = [
  {
    id: "forwarding",
    title: "forwarding",
    needed: false,
    look: () => {
      if (process.geteuid?.() !== 0) return "only root can tell";
      const nft = findProgram("nft");
      if (!nft) return "nft could tell, and is not there";
      // The chain that iptables makes. Where it is not there, nft says so, and prints nothing
      const { stdout } = start(nft, ["list", "chain", "ip", "filter", "FORWARD"]);
      const isOpen = ["iifname", "oifname"].every((side) =>
        stdout.includes(`${side} "workshop0" accept`),
      );
      const drops = stdout.includes("policy drop;") && !isOpen;
      return expect(!drops, drops ? "a firewall drops what stage 9's containers send" : "open");
    },
    type: `nft "${ACCEPT}"`,
  },
];
