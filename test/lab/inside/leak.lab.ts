import path from "node:path";
import { mountsOf, thisHost, ubuntuFs } from "host";
import { expect, it } from "vitest";
import { startShell } from "../../kit/start-shell.ts";

it("shows the container's /proc of stage 03 in the host's own mount table, until it ends", async () => {
  const before = mountsOf(thisHost);
  const container = await startShell(thisHost, "03-pid-mnt-chroot");
  expect(mountsOf(thisHost)).toEqual([...before, path.join(ubuntuFs, "proc")]);
  container.endInput();
  await container.ended;
  expect(mountsOf(thisHost)).toEqual(before);
});

it.each(["04-unshare-proc", "05-cgroups"])("shows nothing of %s there", async (stage) => {
  const before = mountsOf(thisHost);
  const container = await startShell(thisHost, stage);
  expect(mountsOf(thisHost)).toEqual(before);
  container.endInput();
  await container.ended;
  expect(mountsOf(thisHost)).toEqual(before);
});
