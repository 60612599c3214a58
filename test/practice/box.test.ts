import { expect, it } from "vitest";
import { openBox } from "workshop/host/open-box";
import { sendSignal } from "workshop/host/processes";

it("a box is closed at whatever moment of its end", async () => {
  for (let moment = 0; moment < 100; moment++) {
    const box = await openBox();
    sendSignal(box.pid, "SIGKILL");
    const over = performance.now() + (moment % 20) * 0.1; // too short to sleep
    while (performance.now() < over);
    await expect(box.close()).resolves.toBeUndefined();
  }
});
