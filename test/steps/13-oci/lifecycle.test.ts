import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { until } from "host";
import { describe, expect, it } from "vitest";
import {
  BUNDLE,
  type BundleHost,
  newConfig,
  newName,
  openBundleHost,
  type TestConfig,
} from "../../kit/bundles.ts";

// What the specification says that a runtime MUST do (runtime.md, and config.md for hooks), one by one.
// runc is the witness where it says nothing of how. Not done, as runc does not do it either: "creating"
// is never seen from outside, as `create` returns when it is over.

const ROOTFS = `${BUNDLE}/rootfs`;

interface Given {
  host: BundleHost;
  name: string;
  config: TestConfig;
  call(command: string, ...words: string[]): ReturnType<BundleHost["call"]>;
  create(...options: string[]): ReturnType<BundleHost["call"]>;
  state(): Promise<Record<string, unknown>>;
}

/** Makes a bundle on a disposable host. */
async function given(
  args: string[],
  change: (config: TestConfig) => void = () => {},
): Promise<Given> {
  const host = await openBundleHost();
  const name = newName();
  const config = newConfig(args, name);
  change(config);
  host.write(config);
  const call = (command: string, ...words: string[]) => host.call("ours", command, ...words);
  return {
    ...{ host, name, config, call },
    create: (...options) => call("create", "--bundle", BUNDLE, ...options, name),
    state: async () => JSON.parse((await call("state", name)).stdout || "{}"),
  };
}

/** Expects that an operation has failed with one line. */
function expectError({ status, stderr, stdout }: Awaited<ReturnType<BundleHost["call"]>>) {
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^13-oci: .+\n$/);
}

/** A hook that writes its name, what it reads, and where it is, to a file of the host's. */
function hook(name: string, args: string[] = []) {
  const script = `cat >>/mnt/hooks/${name}.json; echo ${name} >>/mnt/hooks/order; readlink /proc/self/ns/mnt >/mnt/hooks/${name}.ns`;
  return { path: "/bin/sh", args: ["sh", "-c", script, ...args] };
}

/** Waits until the program of a container has ended. */
const stopped = ({ state }: Given) =>
  until("the end of its program", async () => (await state()).status === "stopped");

describe("the state", () => {
  it("has the version, ID, status, PID, bundle and annotations, through all of its life", async () => {
    const it = await given(["sleep", "1000"], (config) => {
      config.annotations = { "org.example.key": "value" };
    });
    await it.create();
    const created = await it.state();
    const same = { ociVersion: it.config.ociVersion, id: it.name, bundle: BUNDLE };
    const annotations = { "org.example.key": "value" };
    expect(created).toEqual({ ...same, annotations, status: "created", pid: expect.any(Number) });
    expect(existsSync(`/proc/${created.pid}`)).toBe(true);
    await it.call("start", it.name);
    expect(await it.state()).toMatchObject({ status: "running", pid: created.pid });
    await it.call("kill", it.name, "KILL");
    await stopped(it);
    expect(await it.state()).toMatchObject({ ...same, annotations, status: "stopped" });
    await it.call("delete", it.name);
    expectError(await it.call("state", it.name));
  });
});

describe("create", () => {
  it("needs a name and a bundle, and a name that is free", async () => {
    const { host, call, create, name } = await given(["true"]);
    expectError(await call("create", "--bundle", BUNDLE));
    expectError(await call("create", "--bundle", "/mnt/nothing", name));
    expect((await create()).status).toBe(0);
    expectError(await create());
    expect(JSON.parse((await call("state", name)).stdout).status).toBe("created");
    await host.call("ours", "delete", "--force", name);
  });

  it("goes into no cgroup in which others are", async () => {
    const it = await given(["sleep", "1000"]);
    await it.create();
    const other = await it.call("create", "--bundle", BUNDLE, newName());
    expectError(other);
    expect(other.stderr).toContain(`/${it.name} already`);
    expect(await it.state()).toMatchObject({ status: "created" });
    await it.call("delete", "--force", it.name);
  });

  it("takes no name that leads out of its folder", async () => {
    const { call } = await given(["true"]);
    for (const name of ["../x", "a/b", "..", ".", "a\nb", "-x", "x".repeat(256)]) {
      expectError(await call("create", "--bundle", BUNDLE, name));
    }
  });

  it("applies all but the program, and does not run that", async () => {
    const it = await given(["touch", "/ran"]);
    await it.create();
    const { pid } = await it.state();
    expect(readFileSync(`/proc/${pid}/mountinfo`, "utf8")).toContain(" /dev/shm ");
    expect(existsSync(it.host.file(`${ROOTFS}/ran`))).toBe(false);
    await it.call("start", it.name);
    await stopped(it);
    expect(existsSync(it.host.file(`${ROOTFS}/ran`))).toBe(true);
    await it.call("delete", it.name);
  });

  it("has made the container from what config.json was then", async () => {
    const it = await given(["touch", "/first"]);
    await it.create();
    it.host.write({ ...it.config, process: { ...it.config.process, args: ["touch", "/second"] } });
    await it.call("start", it.name);
    await stopped(it);
    expect(existsSync(it.host.file(`${ROOTFS}/first`))).toBe(true);
    expect(existsSync(it.host.file(`${ROOTFS}/second`))).toBe(false);
    await it.call("delete", it.name);
  });

  it("writes the PID where it was asked to", async () => {
    const it = await given(["true"]);
    await it.create("--pid-file", "/run/pid");
    expect(readFileSync(it.host.file("/run/pid"), "utf8")).toBe(`${(await it.state()).pid}`);
    await it.call("delete", "--force", it.name);
  });
});

describe("start", () => {
  it("needs a container that was created, and has no effect on another", async () => {
    const it = await given(["sh", "-c", "echo x >>/ran; sleep 1000"]);
    expectError(await it.call("start"));
    expectError(await it.call("start", it.name));
    await it.create();
    await it.call("start", it.name);
    const ran = it.host.file(`${ROOTFS}/ran`);
    await until("its program", () => existsSync(ran));
    expectError(await it.call("start", it.name));
    expect((await it.state()).status).toBe("running");
    expect(readFileSync(ran, "utf8")).toBe("x\n");
    await it.call("delete", "--force", it.name);
    expectError(await it.call("start", it.name));
  });

  it("fails where config.json has no process", async () => {
    const it = await given([]);
    it.host.write({ ...it.config, process: undefined });
    expect((await it.create()).status).toBe(0);
    expectError(await it.call("start", it.name));
    await it.call("delete", "--force", it.name);
  });
});

describe("kill", () => {
  it("sends the signal to the container's process, by its name or number", async () => {
    const trap = "trap 'echo got >>/got' USR1 TERM; while :; do sleep 0.1; done";
    const it = await given(["sh", "-c", trap]);
    await it.create();
    await it.call("start", it.name);
    const got = it.host.file(`${ROOTFS}/got`);
    let count = 0;
    await until(
      "its trap",
      async () => (await it.call("kill", it.name, "USR1")) && existsSync(got),
    );
    for (const signal of [["SIGUSR1"], ["10"], []]) {
      count = readFileSync(got, "utf8").length;
      expect((await it.call("kill", it.name, ...signal)).status).toBe(0);
      await until("the signal", () => readFileSync(got, "utf8").length > count);
    }
    expectError(await it.call("kill", it.name, "SIGSOUP"));
    expectError(await it.call("kill", it.name, "65"));
    await it.call("delete", "--force", it.name);
  });

  it("needs a container that is created or running", async () => {
    const it = await given(["true"]);
    expectError(await it.call("kill"));
    expectError(await it.call("kill", it.name, "KILL"));
    await it.create();
    expect((await it.call("kill", it.name, "KILL")).status).toBe(0);
    await stopped(it);
    expectError(await it.call("kill", it.name, "KILL"));
    await it.call("delete", it.name);
  });
});

describe("delete", () => {
  it("needs a container that has stopped, and has no effect on another", async () => {
    const it = await given(["sleep", "1000"]);
    expectError(await it.call("delete"));
    expectError(await it.call("delete", it.name));
    await it.create();
    expectError(await it.call("delete", it.name));
    expect((await it.state()).status).toBe("created");
    await it.call("start", it.name);
    expectError(await it.call("delete", it.name));
    expect((await it.state()).status).toBe("running");
    await it.call("kill", it.name, "KILL");
    await stopped(it);
    expect((await it.call("delete", it.name)).status).toBe(0);
    expect((await it.create()).status).toBe(0); // the name is free
    await it.call("delete", "--force", it.name);
  });

  it("deletes what create has made, and nothing else", async () => {
    const it = await given(["true"]);
    const before = (await it.host.run("cat", "/proc/self/mountinfo")).stdout;
    await it.create();
    const { pid } = await it.state();
    const lines = readFileSync(`/proc/${pid}/cgroup`, "utf8");
    expect(lines).toContain(`/${it.name}`);
    await it.call("delete", "--force", it.name);
    const find = `find /sys/fs/cgroup -maxdepth 2 -name ${it.name}; ls /run/ours`;
    expect((await it.host.run("sh", "-c", find)).stdout).toBe("");
    expect((await it.host.run("cat", "/proc/self/mountinfo")).stdout).toBe(before);
    expect(existsSync(it.host.file(`${BUNDLE}/config.json`))).toBe(true);
  });
});

describe("hooks", () => {
  const kinds = [
    ...["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"],
  ];

  /** Those that run in the container find the host's folder there. */
  const withHooks = (names: string[]) => (config: TestConfig) => {
    config.hooks = Object.fromEntries(names.map((name) => [name, [hook(name)]]));
    const source = { type: "bind", source: "/mnt/hooks", options: ["bind"] };
    config.mounts.push({ destination: "/mnt/hooks", ...source });
  };

  it("run in their order, each with the state, in the runtime's namespaces or the container's", async () => {
    const it = await given(["true"], withHooks(kinds));
    mkdirSync(it.host.file("/mnt/hooks"));
    const read = (name: string) => readFileSync(it.host.file(`/mnt/hooks/${name}`), "utf8");
    await it.create();
    expect(read("order").trim().split("\n")).toEqual(kinds.slice(0, 3));
    await it.call("start", it.name);
    expect(read("order").trim().split("\n")).toEqual(kinds.slice(0, 5));
    await stopped(it);
    await it.call("delete", it.name);
    expect(read("order").trim().split("\n")).toEqual(kinds);
    for (const name of kinds) {
      expect(JSON.parse(read(`${name}.json`))).toMatchObject({ id: it.name, bundle: BUNDLE });
    }
    expect(JSON.parse(read("poststop.json")).status).toBe("stopped");
    const own = readFileSync(it.host.file("/mnt/hooks/prestart.ns"), "utf8");
    const inside = kinds.filter((name) => read(`${name}.ns`) !== own);
    expect(inside).toEqual(["createContainer", "startContainer"]);
  });

  it.each(kinds.slice(0, 3))("that fail before the start leave no container: %s", async (kind) => {
    const it = await given(["true"], (config) => {
      config.hooks = { [kind]: [{ path: "/bin/false" }] };
    });
    const outcome = await it.create();
    expectError(outcome);
    expect(outcome.stderr).toContain(`${kind} hook /bin/false: ended with status 1`);
    expectError(await it.call("state", it.name));
  });

  it.each(kinds.slice(3, 5))("that fail at the start stop the container: %s", async (kind) => {
    const it = await given(["sleep", "1000"], (config) => {
      config.hooks = { [kind]: [{ path: "/bin/false" }] };
    });
    await it.create();
    const { pid } = await it.state();
    expectError(await it.call("start", it.name));
    await until("its end", () => !existsSync(`/proc/${pid}/root/proc`));
    await it.call("delete", "--force", it.name);
  });

  it("that fail after the end are only told of, and the next one runs", async () => {
    const it = await given(["true"], (config) => {
      config.hooks = { poststop: [{ path: "/bin/false" }, hook("poststop")] };
    });
    mkdirSync(it.host.file("/mnt/hooks"));
    await it.create();
    const { status, stderr } = await it.call("delete", "--force", it.name);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^13-oci: warning: poststop hook .*\n$/),
    });
    expect(existsSync(it.host.file("/mnt/hooks/order"))).toBe(true);
  });

  it("get their own arguments and environment, and end in time", async () => {
    const script = 'echo "$0 $1 $A" >/mnt/said; exec sleep 1000';
    const it = await given(["true"], (config) => {
      const args = ["sh", "-c", script, "zero", "one"];
      config.hooks = {
        prestart: [{ path: "/bin/sh", args, env: ["A=b", "PATH=/bin"], timeout: 1 }],
      };
    });
    expectError(await it.create());
    expect(readFileSync(it.host.file("/mnt/said"), "utf8")).toBe("zero one b\n");
  });
});

describe("exec", () => {
  it("starts one more program in the container, with its rights and in its cgroup", async () => {
    const it = await given(["sleep", "1000"]);
    await it.create();
    await it.call("start", it.name);
    const script =
      "hostname; id -u; grep -E '^(Cap|NoNew|Seccomp:)' /proc/self/status; readlink /proc/self/ns/pid; exit 9";
    const inside = await it.call("exec", it.name, "sh", "-c", script);
    const { pid } = await it.state();
    const own = readFileSync(`/proc/${pid}/status`, "utf8");
    const rights = own.split("\n").filter((line) => /^(Cap|NoNew|Seccomp:)/.test(line));
    expect(inside.status).toBe(9);
    expect(inside.stdout.split("\n").slice(0, -2)).toEqual([...["container", "0"], ...rights]);
    const missing = await it.call("exec", it.name, "no-such-program");
    expectError(missing);
    await it.call("delete", "--force", it.name);
    expectError(await it.call("exec", it.name, "true"));
  });

  it("reads the process from a file, and leaves it alone with --detach", async () => {
    const it = await given(["sleep", "1000"]);
    await it.create();
    await it.call("start", it.name);
    const program = {
      ...it.config.process,
      args: ["sh", "-c", "pwd >/where; sleep 1000"],
      cwd: "/usr",
    };
    writeFileSync(it.host.file("/run/process.json"), JSON.stringify(program));
    const options = ["--process", "/run/process.json", "--detach", "--pid-file", "/run/exec.pid"];
    expect((await it.call("exec", ...options, it.name)).status).toBe(0);
    const pid = readFileSync(it.host.file("/run/exec.pid"), "utf8");
    await until("its work", () => existsSync(it.host.file(`${ROOTFS}/where`)));
    expect(readFileSync(it.host.file(`${ROOTFS}/where`), "utf8")).toBe("/usr\n");
    expect(readFileSync(`/proc/${pid}/cgroup`, "utf8")).toContain(it.name);
    await it.call("delete", "--force", it.name);
    await until("its end", () => !existsSync(`/proc/${pid}/root/proc`));
  });
});

describe("what else an engine asks", () => {
  it("is answered: the version, and what can be done", async () => {
    const { call } = await given(["true"]);
    expect((await call("--version")).stdout).toMatch(/^13-oci version .*\nspec: 1\.0\.2\n$/);
    const all = JSON.parse((await call("features")).stdout);
    expect(all).toMatchObject({ ociVersionMin: "1.0.0", linux: { seccomp: { enabled: true } } });
    expect(all.hooks).toHaveLength(6);
  });

  it("is told in its log, in JSON, why something failed", async () => {
    const { host, call, name } = await given(["true"]);
    await call("--log", "/run/log.json", "--log-format", "json", "start", name);
    const line = JSON.parse(readFileSync(host.file("/run/log.json"), "utf8"));
    expect(line).toMatchObject({ level: "error", msg: `container does not exist: ${name}` });
  });

  it.each([["--systemd-cgroup"], ["--soup"], ["--no-pivot"]])(
    "is refused in a line: %s",
    async (option) => {
      const { call, name } = await given(["true"]);
      expectError(await call(option, "create", "--bundle", BUNDLE, name));
    },
  );

  it.each([["pause"], [""]])("is refused in a line: the command %s", async (command) => {
    expectError(await (await given(["true"])).call(command));
  });
});
