import { readFileSync } from "node:fs";
import {
  childrenOf,
  type Host,
  isAlive,
  networkOf,
  repo,
  run,
  runStage,
  snapshot,
  startStage,
  until,
} from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { addressOf, ask, withServer } from "workshop/facts/network/probe";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

const STAGE = "09-network";

/** Publishes a port, and the options of earlier stages go on. */
const PUBLISH = `${STAGE} --read-only --init --publish=8080:80,8443:443`;

describe(STAGE, () => {
  it("gives each of two containers an address, a name and the host's resolvers", async () => {
    const host = await openHost();
    await host.run("sh", "-c", WITH_RESOLVERS);
    await startShell(host, STAGE);
    const script =
      "hostname; cat /etc/hostname /etc/hosts /etc/resolv.conf; stat -c %a /etc /etc/hosts";
    const { stdout } = await runStage(host, STAGE, "sh", "-c", `umask; ${script}`);
    expect(stdout).toBe(
      "0022\ncontainer\ncontainer\n127.0.0.1 localhost\n10.200.0.3 container\nnameserver 192.0.2.53\n755\n644\n",
    );
  });

  it("pings another container by its address, itself by its name, and localhost", async () => {
    const host = await openHost();
    await startShell(host, STAGE);
    const script =
      "for name in 10.200.0.2 container localhost; do ping -c 1 $name >/dev/null && echo $name; done";
    const { stdout } = await runStage(host, STAGE, "sh", "-c", script);
    expect(stdout).toBe("10.200.0.2\ncontainer\nlocalhost\n");
  });

  it("shows its own devices in /sys, and none of the host's", async () => {
    const { stdout } = await runStage(await openHost(), STAGE, "ls", "/sys/class/net");
    expect(stdout).toBe("eth0\nlo\n");
  });

  it("is reached from another container through a published port, at every address of the host", async () => {
    const host = await openHost();
    await host.run("ip", "address", "add", "192.0.2.1/24", "dev", "lo");
    const server = await startShell(host, PUBLISH);
    const client = await startShell(host, STAGE);
    await withServer(server.child(), 443, async () => {
      for (const address of ["10.200.0.1", "192.0.2.1"])
        expect(await ask(client.child(), address, 8443)).toBe("10.200.0.1");
    });
  });

  it("sees who connects to a published port", async () => {
    const host = await openHost();
    const world = await openHost();
    await connect(host, world);
    const server = await startShell(host, PUBLISH);
    const seen = await withServer(server.child(), 80, () => ask(world.pid, "192.0.2.1", 8080));
    expect(seen).toBe("192.0.2.2");
  });

  it("gets out through a firewall like Docker's with the line that doctor says to type", async () => {
    const host = await openHost();
    const world = await openHost();
    await connect(host, world);
    await host.run("nft", DROP);
    const { child } = await startShell(host, STAGE);
    const seen = () => withServer(world.pid, 8000, () => ask(child(), "192.0.2.2", 8000));
    expect(await seen()).toBe("no answer");
    const { type } = await forwarding(host);
    await host.run("sh", "-c", type);
    expect(await seen()).toBe("192.0.2.1");
    expect(await forwarding(host)).toMatchObject({ state: "ok" });
  });

  it("says so when a port is taken already, by another container for example", async () => {
    const host = await openHost();
    await startShell(host, PUBLISH);
    const before = await snapshot(host);
    const { status, stdout, stderr } = await runStage(host, PUBLISH, "true");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^09-network: .*8080.*$/m);
    expect(await snapshot(host)).toEqual(before);
  });

  it.each(["8080", "8080:", "80:x", "0:80", "80:65536", "65536:80", "80:80,", ""])(
    "says how to use it when the ports are %j",
    async (ports) => {
      const { status, stderr } = await runStage(
        await openHost(),
        `${STAGE} --publish=${ports}`,
        "true",
      );
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: expect.stringMatching(/^usage: .*\n$/),
      });
    },
  );

  it.each([
    ["ip", "iproute2"],
    ["nft", "nftables"],
  ])("says what to type where there is no %s", async (program, name) => {
    const host = await openHost();
    await hide(host, program);
    const before = await snapshot(host);
    const { status, stdout, stderr } = await runStage(host, STAGE, "echo", "started");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    const lines = stderr.split("\n").filter((line) => !/^Running |^$/.test(line));
    expect(lines).toEqual([
      `${STAGE}: there is no ${program} here: type "apt-get install ${name}"`,
    ]);
    expect(await snapshot(host)).toEqual(before);
  });

  it("leaves rules of others, and settings that were other than usual, as they are", async () => {
    const host = await openHost();
    const prepared = await host.run("sh", "-ec", OTHERS);
    expect(prepared).toMatchObject({ status: 0, stderr: "" });
    const before = await networkOf(host);
    expect(await runStage(host, STAGE, "true")).toMatchObject({ status: 0 });
    expect(await networkOf(host)).toEqual(before);
  });

  it("also leaves ip_forward on where it was on", async () => {
    const host = await openHost();
    await host.run(
      "sysctl",
      "--write",
      "net.ipv4.ip_forward=1",
      "net.ipv4.conf.all.accept_redirects=1",
    );
    const before = await networkOf(host);
    expect(await runStage(host, STAGE, "true")).toMatchObject({ status: 0 });
    expect(await networkOf(host)).toEqual(before);
  });

  it("takes the switch away with the last container, however they end", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const containers = [];
    for (let i = 0; i < 3; i++) containers.push(await startShell(host, STAGE));
    const [first, second, third] = containers;
    if (!first || !second || !third) throw new Error("three");
    process.kill(first.main, "SIGKILL");
    second.endInput();
    await second.ended;
    await until("the end of the first", async () => (await cables(host)) === 1);
    expect(await ask(third.child(), "10.200.0.1", 1)).toBe("Connection refused");
    process.kill(third.main, "SIGKILL");
    await until(
      "the old network",
      async () => (await networkOf(host)).length === before.network.length,
    );
    expect(await snapshot(host)).toEqual(before);
  });

  it("leaves nothing when run() is killed at any moment of its start", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    for (let moment = 0; moment < 20; moment++) {
      const container = await startStage(host, STAGE, "sleep", "1000");
      onTestFinished(container.close);
      const pids = [container.main, ...childrenOf(container.main)];
      await new Promise((resolve) => setTimeout(resolve, moment * 10));
      pids.push(...childrenOf(container.main));
      process.kill(container.main, "SIGKILL");
      await until("the end of all", () => !pids.some(isAlive));
      await until(
        "the old network",
        async () => (await networkOf(host)).join() === before.network.join(),
      );
    }
    await until(
      "the end of what was written",
      async () => (await snapshot(host)).changes.length === 0,
    );
    expect(await snapshot(host)).toEqual(before);
  });

  it("leaves the network as it was, also when those that watch run() are killed", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const container = await startShell(host, STAGE, "echo up; read line; exit 5");
    const watchers = childrenOf(container.main).filter((pid) => pid !== container.child());
    expect(watchers).toHaveLength(3);
    for (const pid of watchers) process.kill(pid, "SIGKILL");
    container.endInput();
    expect(await container.ended).toMatchObject({ status: 5 });
    expect(await snapshot(host)).toEqual(before);
  });

  it("leaves it so also when they are killed while run() waits for them", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const container = await startShell(host, STAGE, "echo up; read line; exit 5");
    const watchers = childrenOf(container.main).filter((pid) => pid !== container.child());
    for (const pid of watchers) process.kill(pid, "SIGSTOP");
    container.endInput();
    const waits = () => readFileSync(`/proc/${container.main}/wchan`, "utf8") === "do_wait";
    await until("run() that waits for a child", waits);
    for (const pid of watchers) process.kill(pid, "SIGKILL");
    expect(await container.ended).toMatchObject({ status: 5 });
    expect(await snapshot(host)).toEqual(before);
  });

  it("gives an address again when its container has ended", async () => {
    const host = await openHost();
    const first = await startShell(host, STAGE);
    const second = await startShell(host, STAGE);
    first.endInput();
    await first.ended;
    const third = await startShell(host, STAGE);
    expect(await Promise.all([second, third].map((each) => addressOf(each.child())))).toEqual([
      "10.200.0.3",
      "10.200.0.2",
    ]);
  });
});

/** Gives a host resolvers: on its own loopback, and by systemd's file. */
const WITH_RESOLVERS = `
  mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/resolve &&
  echo nameserver 192.0.2.53 >/run/systemd/resolve/resolv.conf`;

/** Sets up a host that has rules, and is set as some are. */
const OTHERS = `
  sysctl --quiet --write net.ipv4.conf.all.accept_redirects=0
  nft add table ip filter
  nft add chain ip filter forward '{ type filter hook forward priority 0; policy accept; }'
  nft add rule ip filter forward counter accept
  nft add table ip nat
  nft add chain ip nat out '{ type nat hook postrouting priority 100; }'
  nft add rule ip nat out ip saddr 198.51.100.0/24 masquerade
  ip link add other type bridge
  ip address add 198.51.100.1/24 dev other
  ip link set other up`;

/** Drops all that is passed on, in the chain that iptables and so Docker use. */
const DROP = `
  add table ip filter
  add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }`;

/** Returns what doctor says about what a host passes on. */
async function forwarding(host: Host) {
  const start = ["--silent", "--dir", `${repo}/workshop`, "start"];
  const { stdout } = await host.run("pnpm", ...start, "doctor", "--json");
  return JSON.parse(stdout).findings.find(({ id }: { id: string }) => id === "forwarding");
}

/** Puts a cable between a host, at 192.0.2.1, and another one, the world, at 192.0.2.2. */
async function connect(host: Host, world: Host): Promise<void> {
  const ends: [Host, string, string][] = [
    [host, "wan", "192.0.2.1"],
    [world, "lan", "192.0.2.2"],
  ];
  const cable = `link add wan type veth peer name lan netns ${world.pid}`;
  await host.run("ip", ...cable.split(" "));
  for (const [end, device, address] of ends)
    for (const line of [`address add ${address}/24 dev ${device}`, `link set ${device} up`])
      await end.run("ip", ...line.split(" "));
}

/** Takes a program away from a host. */
async function hide(host: Host, program: string): Promise<void> {
  const script = `mount -t tmpfs tmpfs /mnt
    for folder in /usr/sbin /usr/bin; do
      mkdir -p /mnt$folder /mnt/work$folder
      mount -t overlay -o lowerdir=$folder,upperdir=/mnt$folder,workdir=/mnt/work$folder overlay $folder
      rm -f $folder/"$1"
    done`;
  expect(await host.run("sh", "-ec", script, "sh", program)).toMatchObject({ status: 0 });
}

/** Counts the cables in the switch. */
async function cables(host: Host): Promise<number> {
  const ip = ["ip", "-brief", "link", "show", "master", "workshop0"];
  const { stdout } = await run(["nsenter", `--target=${host.pid}`, "--net", ...ip]);
  return stdout.split("\n").length - 1;
}
