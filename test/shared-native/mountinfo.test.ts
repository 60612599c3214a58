import { parseMountinfo } from "shared-native";
import { describe, expect, it } from "vitest";
import { evaluate } from "../kit/evaluate.ts";
import { openHost } from "../kit/open-host.ts";

describe("readMountinfo", () => {
  it("lists what findmnt(8) lists", async () => {
    const host = await openHost();
    await host.run("mount", "-t", "tmpfs", "-o", "mode=700", "a b", "/mnt");
    const { stdout } = await host.run(
      "findmnt",
      "--kernel",
      "--noheadings",
      "--raw",
      "-o",
      "TARGET,FSTYPE",
    );
    const expected = stdout.trim().split("\n").sort();
    const body =
      "return native.readMountinfo().map((m) => m.mountPoint + ' ' + m.filesystemtype).sort()";
    expect(await evaluate(host, body)).toEqual(expected);
  });
});

describe("parseMountinfo", () => {
  it("reads every field, however many optional ones there are", () => {
    const text = [
      "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 propagate_from:2 - ext3 /dev/root rw,errors=continue",
      "39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids",
      "",
    ].join("\n");
    expect(parseMountinfo(text)).toEqual([
      {
        root: "/mnt1",
        mountPoint: "/mnt2",
        propagation: ["master:1", "propagate_from:2"],
        filesystemtype: "ext3",
        superOptions: ["rw", "errors=continue"],
      },
      {
        root: "/",
        mountPoint: "/sys/fs/cgroup/pids",
        propagation: [],
        filesystemtype: "cgroup",
        superOptions: ["rw", "pids"],
      },
    ]);
  });
});
