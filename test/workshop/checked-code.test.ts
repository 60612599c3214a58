import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, stageFolder, until } from "host";
import { describe, expect, it } from "vitest";
import { openCode } from "workshop/facts/open-code";
import { findStage } from "workshop/stages/find-stage";

const STAGE = "01-uts";
const SECONDS = 8;

describe.concurrent("a shell that waits for the facts", () => {
  it("has no time limit: only code that runs has one", async () => {
    await using code = open();
    const { pid } = await code.shell();
    await sleep(SECONDS * 1000 + 500);
    expect(await code.shell()).toMatchObject({ pid });
  });

  it("has one again when it has got what it waits for", async () => {
    await using code = open();
    const { pid, running } = await code.start("read line; sleep 1000");
    running.type("go on");
    await until("its end", () => !isAlive(pid), SECONDS * 2);
    expect(await running.ended).toMatchObject({ excess: "time" });
  });

  it("comes with all that the code has said before, on a busy machine too", async () => {
    await using code = open();
    const busy = setInterval(() => {
      for (const end = performance.now() + 300; performance.now() < end; );
    }, 1);
    try {
      const { running } = await code.start();
      expect(running.stderr()).toContain("Running main process");
    } finally {
      clearInterval(busy);
    }
  });

  it("may not end by itself: that is said, and why", async () => {
    await using code = open();
    const { pid, kill } = await code.shell();
    kill();
    await until("its end", () => !isAlive(pid));
    kill(); // by now there is nobody
    await expect(code.shell()).rejects.toThrow(/actual: it ended before\nhint: .*ended the/);
  });
});

function open() {
  const code = openCode(findStage(STAGE), stageFolder(STAGE), {
    seconds: SECONDS,
    bytes: 1_000_000,
  });
  return { ...code, [Symbol.asyncDispose]: code.close };
}
