import { snapshot } from "host";
import { describe, expect, it } from "vitest";
import {
  BUNDLE,
  type BundleHost,
  newConfig,
  newName,
  openBundleHost,
  type TestConfig,
} from "../../kit/bundles.ts";

/** Sets something deep in an object: "process.user.uid". */
function set(place: string, value: unknown) {
  return (config: TestConfig) => {
    const keys = place.split(".");
    const last = keys.pop() ?? "";
    let target = config as unknown as Record<string, unknown>;
    for (const key of keys) target = target[key] as Record<string, unknown>;
    target[last] = value;
  };
}

/** Mistakes in config.json, and the place that the message names. */
const wrong: [place: string, value: unknown][] = [
  // Wrong types
  ...([
    ["process.args", "ls"],
    ["process.args", [1]],
    ["process.args", {}],
    ["process.env", { A: "b" }],
    ["process.cwd", 7],
    ["process.user.uid", "root"],
    ["process.terminal", "yes"],
    ["root.path", null],
    ["root", "rootfs"],
    ["mounts", {}],
    ["linux", []],
    ["linux.namespaces", "pid"],
    ["hooks", [1]],
    ["annotations", { a: 1 }],
    ["ociVersion", 1],
    ["hostname", ["x"]],
  ] as [string, unknown][]),
  // Huge numbers, and others that are none
  ...([
    ["process.user.uid", 4294967296],
    ["process.user.uid", -1],
    ["process.user.gid", 1.5],
    ["process.user.additionalGids", [1e30]],
    ["process.user.umask", 0o1777],
    ["process.oomScoreAdj", 1001],
    ["process.rlimits", [{ type: "RLIMIT_CORE", soft: 0, hard: 18446744073709551616n }]],
    ["linux.resources", { pids: { limit: 1e300 } }],
    ["linux.devices", [{ type: "c", path: "/dev/x", major: 5000, minor: 0 }]],
    ["linux.devices", [{ type: "c", path: "/dev/x", major: 1, minor: 2 ** 40 }]],
  ] as [string, unknown][]),
  // What is no value of that kind
  ...([
    ["ociVersion", "2.0.0"],
    ["ociVersion", "one"],
    ["process.cwd", "usr"],
    ["process.args", ["a\0b"]],
    ["hostname", "x".repeat(65)],
    ["linux.namespaces", [{ type: "mount" }, { type: "soup" }]],
    ["linux.namespaces", [{ type: "mount" }, { type: "pid" }, { type: "pid" }]],
    ["linux.namespaces", [{ type: "mount" }, { type: "pid", path: "proc/1/ns/pid" }]],
    ["linux.rootfsPropagation", "sideways"],
    ["linux.maskedPaths", ["proc/kcore"]],
    ["linux.devices", [{ type: "x", path: "/dev/x" }]],
    ["linux.seccomp", { defaultAction: "SCMP_ACT_SOUP" }],
    ["hooks.prestart", [{ path: "bin/true" }]],
  ] as [string, unknown][]),
  // What is not done here, and so must not be left out in silence
  ...([
    ["process.apparmorProfile", "docker-default"],
    ["process.selinuxLabel", "system_u:system_r:x"],
    ["process.ioPriority", { class: "IOPRIO_CLASS_RT", priority: 1 }],
    ["process.scheduler", { policy: "SCHED_FIFO" }],
    ["linux.uidMappings", [{ containerID: 0, hostID: 1000, size: 1 }]],
    ["linux.intelRdt", { closID: "x" }],
    ["linux.personality", { domain: "LINUX32" }],
    ["linux.resources", { blockIO: { weight: 10 } }],
  ] as [string, unknown][]),
];

/** Shows a value in a message: JSON knows no number of 64 bits. */
const shown = (value: unknown) =>
  JSON.stringify(value, (_, each) => (typeof each === "bigint" ? `${each}` : each));

/** Files that are no config.json. */
const texts = [
  "",
  "{",
  "[]",
  "null",
  '"config"',
  "[".repeat(100_000),
  "\u0000",
  '{"__proto__": 1}',
];

/** Runs what must not run, and expects one line, and a host that nothing has touched. */
async function expectRefusal(host: BundleHost, config: unknown, what: string, place = "") {
  host.write(config);
  const before = await snapshot(host);
  const { status, stdout, stderr } = await host.call("ours", "run", "--bundle", BUNDLE, newName());
  expect({ status, stdout }, what).toEqual({ status: 1, stdout: "" });
  expect(stderr, what).toMatch(/^13-oci: [^\n]{1,400}\n$/);
  expect(stderr, what).toContain(place);
  expect(await snapshot(host), what).toEqual(before);
  expect((await host.run("sh", "-c", "ls /run/ours 2>/dev/null")).stdout, what).toBe("");
}

describe("a hostile config.json", () => {
  it("is told in a line that names the place, and touches nothing", async () => {
    const host = await openBundleHost();
    for (const [place, value] of wrong) {
      const config = newConfig(["true"]);
      set(place, value)(config);
      await expectRefusal(host, config, `${place} is ${shown(value)}`, place);
    }
  });

  it("that is none is told in a line", async () => {
    const host = await openBundleHost();
    for (const text of texts) await expectRefusal(host, text, text.slice(0, 20));
  });

  it("gets nowhere with a working directory, a mount or a device that leaves", async () => {
    const host = await openBundleHost();
    const name = newName();
    const config = newConfig(["sh", "-c", "cat /up/mark; ls -l /up/node | cut -c1"], name);
    config.mounts.push({
      ...{ destination: "/../../../up", type: "tmpfs", source: "t", options: [] },
    });
    config.linux.devices = [{ type: "c", path: "/../../../up/node", major: 1, minor: 3 }];
    config.process.cwd = "/../../../..";
    config.process.args = ["sh", "-c", "pwd; ls -l /up/node | cut -c1"];
    host.write(config);
    const { stdout, status } = await host.call("ours", "run", "--bundle", BUNDLE, name);
    expect({ stdout, status }).toEqual({ stdout: "/\nc\n", status: 0 });
    expect((await host.run("sh", "-c", "ls -d /up /mnt/up 2>/dev/null")).stdout).toBe("");
  });

  it.each(["/proc/self/ns/uts", "/etc/passwd", "/no/such/file"])(
    "joins no namespace by a file that is none of that type: %s",
    async (path) => {
      const config = newConfig(["true"]);
      config.linux.namespaces = [{ type: "mount" }, { type: "network", path } as { type: string }];
      await expectRefusal(await openBundleHost(), config, path);
    },
  );

  it.each(["kernel.panic", "kernel/core_pattern", "net/../kernel/panic", "vm.swappiness"])(
    "changes no setting of the host: %s",
    async (name) => {
      const config = newConfig(["true"]);
      Object.assign(config.linux, { sysctl: { [name]: "1" } });
      await expectRefusal(await openBundleHost(), config, name);
    },
  );
});

describe("a hostile image", () => {
  it("leads no mount, no device and no masked path out of its root by a link", async () => {
    const host = await openBundleHost();
    const name = newName();
    const root = `${BUNDLE}/rootfs`;
    const links = `
      mkdir -p /mnt/target && echo mine >/mnt/target/file &&
      rm -rf ${root}/dev && ln -s /mnt/target ${root}/dev &&
      ln -s /mnt/target ${root}/link && ln -s /mnt/target/file ${root}/masked &&
      mkdir -p ${root}/mnt/target`;
    expect((await host.run("sh", "-c", links)).status).toBe(0);
    const config = newConfig(["sh", "-c", "ls /mnt/target/null /link/made"], name);
    config.mounts.push({ destination: "/link/made", type: "tmpfs", source: "t", options: [] });
    config.linux.maskedPaths.push("/masked");
    host.write(config);
    const before = (await host.run("ls", "-la", "/mnt/target")).stdout;
    const { stdout, stderr } = await host.call("ours", "run", "--bundle", BUNDLE, name);
    expect({ stdout, stderr }).toEqual({ stdout: "/mnt/target/null\n\n/link/made:\n", stderr: "" });
    expect((await host.run("ls", "-la", "/mnt/target")).stdout).toBe(before);
    expect((await host.run("cat", "/mnt/target/file")).stdout).toBe("mine\n");
  });
});
