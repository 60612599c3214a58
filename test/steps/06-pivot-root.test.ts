import { childrenOf, holdNamespace, isAlive, runStage, snapshot, until } from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

const STAGE = "06-pivot-root";
const WITH_INIT = `${STAGE} --init`;

describe(STAGE, () => {
  it("has two mounts, its root and /proc, and nothing else that could be unmounted", async () => {
    const { stdout } = await runStage(
      await openHost(),
      STAGE,
      "cut",
      "-d ",
      "-f5",
      "/proc/1/mountinfo",
    );
    expect(stdout).toBe("/\n/proc\n");
  });

  it("has the command as process 1, a child of run(), with no Node in between", async () => {
    const container = await startShell(await openHost(), STAGE);
    const namespace = holdNamespace(container.child(), "pid");
    if (!namespace) throw new Error("the container has ended");
    onTestFinished(namespace.close);
    expect(namespace.processes()).toEqual([container.child()]);
    expect(childrenOf(container.main)).toContain(container.child());
  });

  it("hears no signal that it sends itself, and for which it has no handler", async () => {
    const script = "kill -TERM $$; kill -KILL $$; exit 5";
    const { status } = await runStage(await openHost(), STAGE, "sh", "-c", script);
    expect(status).toBe(5);
  });

  it("ends by itself when it handles SIGTERM", async () => {
    const script = 'trap "exit 5" TERM; echo up; sleep 1000 & wait';
    const container = await startShell(await openHost(), STAGE, script);
    process.kill(container.main, "SIGTERM");
    expect(await container.ended).toMatchObject({ status: 5 });
  });

  it("ends with run() also when the command has changed its user, and the kernel forgot the signal", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const script = "echo up; exec setpriv --reuid=65534 --clear-groups sleep 1000";
    const container = await startShell(host, STAGE, script);
    const pid = container.child();
    await until(
      "the other user",
      async () => (await host.run("stat", "-c%u", `/proc/${pid}`)).stdout === "65534\n",
    );
    process.kill(container.main, "SIGKILL");
    await until("the end of the command", () => !isAlive(pid));
    expect(await snapshot(host)).toEqual(before);
  });
});

describe(WITH_INIT, () => {
  it("leaves the ten places to those that live, however many orphans have ended", async () => {
    const script =
      "for i in $(seq 7); do (sleep 0.1 &); done; sleep 1; for i in $(seq 7); do sleep 9 & done; echo seven more";
    const { stdout, stderr } = await runStage(await openHost(), WITH_INIT, "dash", "-c", script);
    expect({ stdout, stderr: stderr.split("\n").slice(2) }).toEqual({
      stdout: "seven more\n",
      stderr: [""],
    });
  });

  it("passes on what asks the command to end, and the two signals that mean what it wants", async () => {
    const script =
      'for name in USR1 USR2 TERM; do trap "echo $name" $name; done; echo up; while :; do sleep 0.1; done';
    const container = await startShell(await openHost(), WITH_INIT, script);
    for (const name of ["USR1", "USR2", "TERM"]) {
      process.kill(container.child(), `SIG${name}`);
      await until(`SIG${name}`, () => container.stdout().endsWith(`${name}\n`));
    }
  });

  it("goes on without its /proc", async () => {
    const script = "umount /proc; (true &); sleep 0.2; exit 5";
    expect(await runStage(await openHost(), WITH_INIT, "sh", "-c", script)).toMatchObject({
      status: 5,
    });
  });
});
