import { setTimeout } from "node:timers/promises";
import { type Host, openHost, until } from "host";
import { expect, it, onTestFinished } from "vitest";
import { rootedStages } from "workshop/stages";
import { isRootless } from "../../kit/containers.ts";
import { startHeld } from "./start-held.ts";
import { watchHost } from "./watch-host.ts";

it.each(rootedStages)(
  "$name does not begin when run() has died while Node started",
  async ({ name: stage }) => {
    const { host, differences } = await open();
    const { status, stderr } = await startHeld(host, { stage, mode: "child" }, async (child) => {
      await killRun(host, stage, child);
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
      void setTimeout(2000).then(() => killRun(host, stage, child));
      return ["--trace=/^readlink", "--inject=/^readlink:delay_enter=500000"]; // microseconds
    });
    expect(status).toBe("SIGKILL");
    // Where child() asks for one namespace only, the kernel kills it before it can say so
    const says = new RegExp(`^${stage}: child: run\\(\\) has ended$`, "m");
    if (!isRootless(stage)) expect(stderr).toMatch(says);
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
        killRun(host, stage, child),
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

/** Kills run(), the parent of child(), or of the shell in between, and waits until child() has another parent. */
async function killRun(host: Host, stage: string, child: string): Promise<void> {
  const script = `
    parent=$(ps -o ppid= -p "$1")
    if [ "$2" ]; then run=$(ps -o ppid= -p $parent); else run=$parent; fi
    kill -KILL $run
    while [ "$(ps -o ppid= -p "$1")" = "$parent" ]; do sleep 0.01; done`;
  await host.run("sh", "-c", script, "sh", child, isRootless(stage) ? "behind a shell" : "");
}
