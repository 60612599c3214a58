import { setTimeout } from "node:timers/promises";
import { type Host, openHost, until } from "host";
import { expect, it, onTestFinished } from "vitest";
import { rootedStages } from "workshop/stages";
import { startHeld } from "./start-held.ts";
import { watchHost } from "./watch-host.ts";

it.each(rootedStages)(
  "$name does not begin when run() has died while Node started",
  async ({ name: stage }) => {
    const { host, differences } = await open();
    const { status, stderr } = await startHeld(host, { stage, mode: "child" }, async (child) => {
      await killParent(host, child);
      return ["--trace=none"];
    });
    expect(status).toBe("SIGKILL");
    expect(stderr).toMatch(new RegExp(`^${stage}: child: run\\(\\) has ended$`, "m"));
    expect(stderr).not.toContain("Running child");
    expect(await differences()).toEqual([]);
  },
);

it.each(rootedStages)(
  "$name does not begin when run() dies before child() has looked at it",
  async ({ name: stage }) => {
    const { host, differences } = await open();
    const { status, stderr } = await startHeld(host, { stage, mode: "child" }, (child) => {
      // strace holds child() at each link in /proc, dozens of them: after 2 seconds it is among the first
      void setTimeout(2000).then(() => killParent(host, child));
      return ["--trace=/^readlink", "--inject=/^readlink:delay_enter=500000"]; // microseconds
    });
    expect(status).toBe("SIGKILL");
    expect(stderr).toMatch(new RegExp(`^${stage}: child: run\\(\\) has ended$`, "m"));
    expect(stderr).not.toContain("Running child");
    expect(await differences()).toEqual([]);
  },
);

it.each(rootedStages)(
  "$name ends when run() dies before there is a command",
  async ({ name: stage }) => {
    const { host, differences } = await open();
    const { status, stderr } = await startHeld(host, { stage, mode: "child" }, (child, said) => {
      void until("child()", () => said().includes("Running child")).then(() =>
        killParent(host, child),
      );
      const root = "/^(chroot|pivot_root)$";
      return [`--trace=${root}`, `--inject=${root}:delay_enter=5000000`]; // microseconds
    });
    expect(status).toBe("SIGKILL");
    expect(stderr).toContain("Running child");
    expect(await differences()).toEqual([]);
  },
);

async function open() {
  const host = await openHost({ isSealed: true });
  onTestFinished(() => host.close());
  return { host, differences: await watchHost(host) };
}

/** Kills the parent of a process, and waits until it is no longer that. */
async function killParent(host: Host, pid: string): Promise<void> {
  const script = `
    parent=$(ps -o ppid= -p "$1") && kill -KILL $parent
    while [ "$(ps -o ppid= -p "$1")" = "$parent" ]; do sleep 0.01; done`;
  await host.run("sh", "-c", script, "sh", pid);
}
