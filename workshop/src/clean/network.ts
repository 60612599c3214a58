import { spawnSync } from "node:child_process";

/** The switch, cables and tables of nft(8) that containers of stage 09 have on their host. */
const OURS = /^(workshop0|cable-\w{6})$/;

/** Lists what containers have in the network of this machine: "rules of …", "network device …". */
export function findNetwork(): string[] {
  const tables = show("nft", "list", "tables").map((line) => line.replace("table ip ", ""));
  const devices = show("ip", "-brief", "link").map((line) => line.split(/[@ ]/)[0] ?? "");
  return [
    ...tables.filter((name) => OURS.test(name)).map((name) => `rules of ${name}`),
    // Cables first: the switch goes when nothing is in it any more
    ...devices
      .filter((name) => OURS.test(name))
      .sort()
      .map((name) => `network device ${name}`),
  ];
}

/** Takes one of these away. On the switch stands how the kernel was set before there was one. */
export function removeFromNetwork(thing: string): void {
  const name = thing.split(" ").at(-1) ?? "";
  if (thing.startsWith("rules")) {
    show("nft", "delete", "table", "ip", name);
    return;
  }
  const [, settings] = /alias (net\S+)/.exec(show("ip", "link", "show", name).join("\n")) ?? [];
  if (settings) show("sysctl", "--write", ...settings.split(","));
  show("ip", "link", "delete", name);
}

/** Runs a program to its end. Where there is none, or it fails, there is nothing to show. */
function show(command: string, ...args: string[]): string[] {
  const env = { PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const { stdout } = spawnSync(command, args, { encoding: "utf8", env });
  return (stdout ?? "").split("\n").filter(Boolean);
}
