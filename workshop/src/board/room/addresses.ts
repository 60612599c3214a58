import { networkInterfaces } from "node:os";
import type { Kept } from "./room.ts";

/** Bridges and cables of virtual machines and containers: nobody in the room gets in through them. */
const VIRTUAL = /^(?:docker|br-|virbr|veth|vmnet|vboxnet|cni|podman|lxc|tap|tun|wg)/;

/** Returns what students may type to join: more than one on a machine that is in several networks. */
export function roomAddresses({ port, code }: Kept): string[] {
  const own = ownAddresses();
  return (own.length > 0 ? own : ["127.0.0.1"]).map((address) => `${address}:${port}/${code}`);
}

/** Returns the addresses under which others reach this machine: none when it is in no network. */
function ownAddresses(): string[] {
  const all = Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === "IPv4" && !internal)
      .map(({ address }) => ({ address, isVirtual: VIRTUAL.test(name) })),
  );
  const real = all.filter(({ isVirtual }) => !isVirtual);
  return (real.length > 0 ? real : all).map(({ address }) => address);
}
