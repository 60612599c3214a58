import { networkInterfaces } from "node:os";

/** Bridges and cables of virtual machines and containers: nobody in the room gets in through them. */
const VIRTUAL = /^(?:docker|br-|virbr|veth|vmnet|vboxnet|cni|podman|lxc|tap|tun|wg)/;

/** Returns the addresses under which others reach this machine: none when it is in no network. */
export function ownAddresses(): string[] {
  const all = Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === "IPv4" && !internal)
      .map(({ address }) => ({ address, isVirtual: VIRTUAL.test(name) })),
  );
  const real = all.filter(({ isVirtual }) => !isVirtual);
  return (real.length > 0 ? real : all).map(({ address }) => address);
}
