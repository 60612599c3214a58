import { type Host, openHost, run } from "host";
import { expect, type Fact, FactError } from "../fact.ts";
import { ask, withServer } from "./probe.ts";

/** Addresses that are for examples: of the host in the network outside, and of somebody else there. */
const [HOST, WORLD] = ["192.0.2.1", "192.0.2.2"];

/** Connects a host to a network outside, with one other machine in it, while something is done. */
async function withWorld<T>(host: Host, use: (world: Host) => Promise<T>): Promise<T> {
  const world = await openHost();
  try {
    await ip(host, `link add wan type veth peer name lan netns ${world.pid}`);
    await ip(host, `address add ${HOST}/24 dev wan`);
    await ip(host, "link set wan up");
    await ip(world, `address add ${WORLD}/24 dev lan`);
    await ip(world, "link set lan up");
    return await use(world);
  } finally {
    await world.close();
  }
}

async function ip({ pid }: Host, line: string): Promise<void> {
  // Only into its network: the PID of the other one is this machine's
  const command = ["nsenter", `--target=${pid}`, "--net", "ip", ...line.split(" ")];
  const { status, stderr } = await run(command);
  if (status !== 0) throw new Error(`${line}: ${stderr}`);
}

export const goesOut: Fact = {
  id: "goes-out",
  title: "reaches the world with its host's address",
  async check({ start }) {
    const { host, pid } = await start();
    await withWorld(host, async (world) => {
      const seen = await withServer(world.pid, 8000, () => ask(pid, WORLD, 8000));
      expect(
        seen === HOST,
        `a machine in another network of the host's sees ${HOST}, the host`,
        /^[\d.]+$/.test(seen) ? `it sees ${seen}` : `there is no connection: ${seen}`,
        "The host passes packets on when net.ipv4.ip_forward is 1. The world has no way back to the container's address: a rule of NAT, masquerade, has the host's put there.",
      );
    });
  },
};

export const publishes: Fact = {
  id: "published-port",
  title: "is reached through a published port, with --publish=8080:80",
  async check({ start }) {
    const { host, pid } = await start(":", undefined, ["--publish=8080:80"]);
    await withWorld(host, async (world) => {
      await withServer(pid, 80, async () => {
        const clients = [
          { who: "a machine outside", where: world.pid, address: HOST },
          { who: "the host itself", where: host.pid, address: HOST },
          { who: "127.0.0.1 of the host", where: host.pid, address: "127.0.0.1" },
        ];
        for (const { who, where, address } of clients) {
          const seen = await ask(where, address, 8080);
          if (/^[\d.]+$/.test(seen)) continue;
          throw new FactError(
            `${who} reaches a server at port 80 of the container, through port 8080 of the host`,
            seen,
            who === "a machine outside"
              ? "What comes in for port 8080 of the host goes on to the container: dnat, in a chain with the hook prerouting."
              : "What the host itself sends does not come in: that needs the same rule with the hook output. 127.0.0.1 as its sender has to be replaced, masquerade, and the bridge has to take the answer: net.ipv4.conf.<bridge>.route_localnet.",
          );
        }
      });
    });
  },
};
