import { openHost, sendSignal } from "host";
import { expect, it } from "vitest";

it("a sealed host is closed at whatever moment of its end", async () => {
  for (let moment = 0; moment < 100; moment++) {
    const host = await openHost({ isSealed: true });
    sendSignal(host.pid, "SIGKILL");
    const over = performance.now() + (moment % 20) * 0.1; // too short to sleep
    while (performance.now() < over);
    await expect(host.close()).resolves.toBeUndefined();
  }
});
