import { networkOf, parentOf, sendSignal, until } from "host";
import { added } from "../ends-cleanly.ts";
import { expect, type Fact } from "../fact.ts";
import { ANY_COMMAND } from "../passes-status.ts";
import { shown } from "../shown.ts";
import { endedEarly } from "../wrong-endings.ts";

const AS_BEFORE =
  "the host has the devices, addresses, routes, rules and settings that it had before";

export const undoesNetwork: Fact = {
  id: "network-undone",
  title: "leaves the network of its host as it was",
  async check({ compareHost }) {
    const { before, after } = await compareHost(...ANY_COMMAND);
    const [more, fewer] = [
      rules(added(before.network, after.network)),
      rules(added(after.network, before.network)),
    ];
    expect(
      more.length + fewer.length === 0,
      AS_BEFORE,
      more.length > 0
        ? `it also has ${shown(more.join("; "))}`
        : `it has no more ${shown(fewer.join("; "))}`,
      "The end of the cable in the container goes with it. Rules, the switch, and net.ipv4.ip_forward stay until somebody takes them away: runAtEnd(…) in run(), before they are made.",
    );
  },
};

export const undoesWhenKilled: Fact = {
  id: "network-undone-when-killed",
  title: "leaves it so also when run() is killed",
  async check({ start, seconds }) {
    const { host, pid, before } = await start();
    const run = parentOf(pid);
    if (run === 0) throw endedEarly();
    sendSignal(run, "SIGKILL");
    let more: string[] = [];
    const isUndone = async () => {
      const after = await networkOf(host);
      more = rules([...added(before.network, after), ...added(after, before.network)]);
      return more.length === 0;
    };
    const patience = Math.max(15, seconds / 10); // a dozen programs have to run for it
    const undone = await until("the old network", isUndone, patience).catch(() => false);
    expect(
      undone !== false,
      `${AS_BEFORE}, some seconds after run() got SIGKILL`,
      `different is: ${shown(more.join("; "))}`,
      "Nobody can handle SIGKILL. runAtEnd(script) has another process wait for the end of run(), and then run the script.",
    );
  },
};

/** Returns what matters of such lines: iptables(8) leaves tables that are empty. */
function rules(lines: string[]): string[] {
  return lines.filter((line) => !/^\s*(table |chain |type |\}|#|$)/.test(line));
}
