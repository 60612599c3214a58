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
];

/** It says which of them may not be opened, by 1. */
const PROGRAM = `
mknod /mem c 1 1; mknod /log c 1 11; mknod /null c 1 3; mknod /fuse c 10 229
try() { "$@" 2>&1 | grep -c "not permitted"; }
echo $(try head -c0 /mem) $(try sh -c ": >>/log") $(try head -c0 /log) $(try sh -c ": <>/log") \\
  $(try sh -c "cat /null; : >/null") $(try head -c0 /fuse) $(try sh -c ": >>/fuse")`;

/** Runs that with rules, on a host as it is, or with cgroup v2 alone. */
async function tryDevices(runtime: Runtime, rules: object[], script = "true") {
  const host = await openBundleHost();
  expect(await host.run("sh", "-c", script)).toMatchObject({ status: 0 });
  const name = newName();
  const config = newConfig(["sh", "-c", PROGRAM], name);
  config.linux.resources = { devices: rules } as unknown as typeof config.linux.resources;
  host.write(config);
  const { status, stdout } = await host.call(runtime, "run", "--bundle", BUNDLE, name);
  return { status, stdout };
}

const witnesses: Runtime[] = reasonToSkip() === undefined ? ["runc"] : [];

describe.each<Runtime>(["ours", ...witnesses])("the devices of a container of %s", (runtime) => {
  it.each([
    ["as this machine has cgroups", "true"],
    ["with cgroup v2 alone", ONLY_V2],
  ])("are those that config.json allows, %s", async (_, script) => {
    const seen = await tryDevices(runtime, RULES, script);
    expect(seen).toEqual({ status: 0, stdout: "1 0 1 1 0 0 0\n" });
  });
});

it("an exception from what is allowed is one with cgroup v2: v1 has no such rules", async () => {
  const fuse = { allow: false, type: "c", major: 10, minor: 229, access: "w" };
  const seen = await tryDevices("ours", [...RULES, fuse], ONLY_V2);
  expect(seen).toEqual({ status: 0, stdout: "1 0 1 1 0 0 1\n" });
});
