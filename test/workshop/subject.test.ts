import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, stageFolder, until } from "host";
import { describe, expect, it } from "vitest";
import { openSubject } from "workshop/facts/subject";

const STAGE = "01-uts";
const SECONDS = 8;

describe.concurrent("a shell that waits for the facts", () => {
  it("has no time limit: only code that runs has one", async () => {
    await using subject = open();
    const { pid } = await subject.standing();
    await sleep(SECONDS * 1000 + 500);
    expect(await subject.standing()).toMatchObject({ pid });
  });

  it("has one again when it has got what it waits for", async () => {
    await using subject = open();
    const { pid, running } = await subject.start("read line; sleep 1000");
    running.type("go on");
    await until("its end", () => !isAlive(pid), SECONDS * 2);
    expect(await running.ended).toMatchObject({ excess: "time" });
  });

  it("may not end by itself: that is said, and why", async () => {
    await using subject = open();
    const { pid } = await subject.standing();
    process.kill(pid, "SIGKILL");
    await until("its end", () => !isAlive(pid));
    await expect(subject.standing()).rejects.toThrow(/seen: it ended before\nhint: .*ended the/);
  });
});

function open() {
  const subject = openSubject(STAGE, stageFolder(STAGE), { seconds: SECONDS, bytes: 1_000_000 });
  return { ...subject, [Symbol.asyncDispose]: subject.close };
}
