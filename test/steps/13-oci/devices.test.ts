import { describe, expect, it } from "vitest";
import {
  BUNDLE,
  newConfig,
  newName,
  openBundleHost,
  type Runtime,
  reasonToSkip,
} from "../../kit/bundles.ts";

/** Shows a host nothing but cgroup v2, which has no controllers here where they are v1's. */
const ONLY_V2 = "umount --recursive /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup";

const RULES = [
  { allow: false, access: "rwm" },
  { allow: true, type: "c", major: 1, minor: 11, access: "w" }, // the kernel's log
  { allow: true, type: "c", major: 10, access: "rwm" },
  { allow: false, type: "c", major: 10, minor: 229, access: "w" }, // FUSE
];

/** Opens devices in several ways: 0 is for those that may be opened, or are not there. */
const PROGRAM = `
mknod /mem c 1 1; mknod /log c 1 11; mknod /null c 1 3; mknod /fuse c 10 229
try() { "$@" 2>&1 | grep -c "not permitted"; }
echo $(try head -c0 /mem) $(try sh -c ": >>/log") $(try head -c0 /log) $(try sh -c ": <>/log") \\
  $(try sh -c "cat /null; : >/null") $(try head -c0 /fuse) $(try sh -c ": >>/fuse")`;

const SEEN = "1 0 1 1 0 0 1\n";

const witnesses: Runtime[] = reasonToSkip() === undefined ? ["runc"] : [];

describe.each<Runtime>(["ours", ...witnesses])("the devices of a container of %s", (runtime) => {
  it.each([
    ["as this machine has cgroups", "true"],
    ["with cgroup v2 alone", ONLY_V2],
  ])("are those that config.json allows, %s", async (_, script) => {
    const host = await openBundleHost();
    expect(await host.run("sh", "-c", script)).toMatchObject({ status: 0 });
    const config = newConfig(["sh", "-c", PROGRAM], newName());
    config.linux.resources = { devices: RULES } as unknown as typeof config.linux.resources;
    host.write(config);
    const outcome = await host.call(runtime, "run", "--bundle", BUNDLE, newName());
    expect(outcome).toMatchObject({ stdout: SEEN, stderr: "" });
  });
});
