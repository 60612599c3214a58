import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readMountinfo } from "shared-native";
import { beforeEach, describe, expect, it } from "vitest";
import { until } from "workshop/host/until";
import { processesAt } from "../host/processes-at.ts";
import { run } from "../host/run.ts";
import { inside } from "../rootfs/inside.ts";
import { openFolder } from "../rootfs/open-folder.ts";
import { rootfs } from "../rootfs/rootfs.ts";
import { startRootfs } from "../rootfs/start-rootfs.ts";

describe("pnpm rootfs --from debootstrap", () => {
  beforeEach(async ({ skip }) => {
    const has = await run(["sh", "-c", "PATH=$PATH:/usr/sbin command -v debootstrap"]);
    skip(
      has.status !== 0 && process.env.CI === undefined,
      'there is no debootstrap here: type "apt-get install debootstrap"',
    );
  });

  it("installs this host's own distribution", { timeout: 300_000 }, async () => {
    const folder = openFolder();
    const { status, stderr } = await rootfs(folder, "--from", "debootstrap", "--to", "root");
    expect(stderr).toMatch(/^making root from debootstrap \w+\nroot: \d+\.\d MB from debootstrap /);
    expect(status).toBe(0);
    const { stdout } = await inside(
      path.join(folder, "root"),
      "ps -o comm= -p 1; mount; grep ^VERSION_CODENAME= /etc/os-release; ls /; free && sleep 0",
    );
    expect(stdout).toMatch(/^bash\nproc on \/proc /);
    expect(readFileSync("/etc/os-release", "utf8")).toContain(
      /^VERSION_CODENAME=.*/m.exec(stdout)?.[0],
    );
    expect(stdout).toContain("\nROOT_OF_CONTAINER\n");
    expect(readdirSync(folder)).toEqual(["root"]);
  });

  it.each(["SIGTERM", "SIGKILL"] as const)(
    "ends all that it started when it gets %s",
    async (signal) => {
      const folder = openFolder();
      const work = await startRootfs(folder, "--from", "debootstrap", "--to", "root");
      const scratch = path.join(folder, `.root.${work.pid}`);
      await until("debootstrap", () => existsSync(path.join(scratch, "root/debootstrap")));
      work.kill(signal);
      await work.ended;
      await until("the end of its processes", () => processesAt(scratch).length === 0);
      expect(readMountinfo().filter(({ mountPoint }) => mountPoint.startsWith(folder))).toEqual([]);
      expect(readdirSync(folder)).toEqual(signal === "SIGTERM" ? [] : [path.basename(scratch)]);
    },
  );

  it("says what went wrong, in one line", async () => {
    const folder = openFolder();
    const options = ["--from", "debootstrap", "--suite", "nonesuch", "--to", "root"];
    const { status, stderr } = await rootfs(folder, ...options);
    expect(stderr).toMatch(/^making root .*\nerror: debootstrap: No such script: .*\/nonesuch\n$/);
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});
