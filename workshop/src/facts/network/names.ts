import { readFileSync } from "node:fs";
import { expect, type Fact } from "../fact.ts";
import { shown } from "../shown.ts";
import { addressOf } from "./probe.ts";

export const hasNames: Fact = {
  id: "names",
  title: "finds its own name, and has the resolvers of its host",
  onlyLooks: true,
  async check({ shell }) {
    const { pid, hostname } = await shell();
    const read = (name: string) => {
      try {
        return readFileSync(`/proc/${pid}/root/etc/${name}`, "utf8");
      } catch {
        return ""; // there is none
      }
    };
    const address = await addressOf(pid);
    const lines = read("hosts")
      .split("\n")
      .map((line) => line.split(/\s+/));
    const has = (at: string | undefined, name: string) =>
      lines.some(([first, ...names]) => first === at && names.includes(name));
    expect(
      has("127.0.0.1", "localhost") && has(address, hostname),
      `/etc/hosts has 127.0.0.1 for localhost, and ${address} for ${hostname}`,
      `it has ${shown(read("hosts"))}`,
      "What is in the upper directory of the overlay lies on top of the image: child() can write etc/hosts there, before the overlay is mounted.",
    );
    expect(
      read("hostname").trim() === hostname,
      `/etc/hostname says ${hostname}, as hostname does`,
      `it says ${shown(read("hostname"))}`,
      "Programs that start a system read the name from that file. It goes to the same place.",
    );
    const servers = [...read("resolv.conf").matchAll(/^nameserver\s+(\S+)/gm)];
    const own = servers.find(([, server = ""]) => server.startsWith("127."));
    expect(
      read("resolv.conf") !== "" && own === undefined,
      "/etc/resolv.conf names resolvers that the container can reach",
      own ? `it names ${own[1]}, which is the container itself` : "it is empty, or not there",
      "Copy the host's. Where that names systemd's resolver, on 127.0.0.53, /run/systemd/resolve/resolv.conf has the others.",
    );
  },
};
