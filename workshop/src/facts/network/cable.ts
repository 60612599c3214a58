import { run as runHere } from "host";
import { expect, type Fact } from "../fact.ts";
import { shown } from "../shown.ts";
import { addressOf, ask } from "./probe.ts";

export const hasCable: Fact = {
  id: "cable",
  title: "has a cable to the host, with an address, and the loopback device is up",
  onlyLooks: true,
  async check({ shell }) {
    const { host, pid } = await shell();
    const ip = async (...words: string[]) => {
      const { stdout } = await runHere(["nsenter", `--target=${pid}`, "--net", "ip", ...words]);
      return stdout.trim();
    };
    expect(
      (await addressOf(pid)) !== undefined,
      "a device in there has an IPv4 address, besides 127.0.0.1",
      `ip -brief address shows ${shown(await ip("-brief", "address"))}`,
      "A new network namespace has no device but lo. ip link add … type veth peer name eth0 netns <pid> makes a cable with one end in there, and ip address add gives it an address.",
    );
    const lo = await ip("-brief", "link", "show", "lo");
    expect(
      /\bUP\b/.test(lo),
      "lo is up",
      `it is ${shown(lo)}`,
      "The loopback device is down in a new network namespace: ip link set lo up.",
    );
    const [, gateway] = /^default via (\S+)/m.exec(await ip("route")) ?? [];
    expect(
      gateway !== undefined,
      "there is a default route",
      `ip route shows ${shown(await ip("route"))}`,
      "What is for another network goes to the host: ip route add default via its address on the switch.",
    );
    const answer = await ask(pid, gateway ?? "", 1);
    expect(
      answer === "Connection refused",
      `the host answers at ${gateway}, with "connection refused" when nobody listens`,
      answer,
      "Is the host's end of the cable up, and in the switch? ip link shows it, on the host.",
    );
    const back = await ask(host.pid, (await addressOf(pid)) ?? "", 1);
    expect(
      back === "Connection refused",
      "the container answers its host in the same way",
      back,
      "Is the host in the same network as the container? The switch has an address, too.",
    );
  },
};

export const reachesOthers: Fact = {
  id: "containers-meet",
  title: "reaches another container, and goes on when that ends",
  async check({ start }) {
    const first = await start();
    const second = await start(":", first.host);
    const [one, other] = [await addressOf(first.pid), await addressOf(second.pid)];
    expect(
      one !== other,
      "two containers have two addresses",
      `both have ${one}`,
      "What is taken has to be found out, and nobody else may look at the same time. The names of devices, or what ip link set … alias has written on them, tell it.",
    );
    const answer = await ask(second.pid, one ?? "", 1);
    expect(
      answer === "Connection refused",
      `${one} answers ${other}`,
      answer,
      "Both cables have to lead to the same switch: ip link set … master, on the host.",
    );
    const third = await start(":", first.host);
    first.running.endInput();
    await first.running.ended;
    const still = await ask(second.pid, (await addressOf(third.pid)) ?? "", 1);
    expect(
      still === "Connection refused",
      "two others still reach each other when the first has ended",
      still,
      "The switch goes with its last cable, and not with the first.",
    );
  },
};
