import type { Outcome } from "host";
import { describe, expect, it } from "vitest";
import {
  BUNDLE,
  type BundleHost,
  newConfig,
  newName,
  openBundleHost,
  type Runtime,
  reasonToSkip,
  runtimes,
  type TestConfig,
} from "../../kit/bundles.ts";

/** A bundle: a program in the container, and what is not as usual in its config.json. */
interface Bundle {
  says: string;
  run: string[];
  change?: (config: TestConfig) => void;
  /** Prepares its root, as a shell script with $root. */
  prepare?: string;
  /** The difference of crun from runc, where there is one. */
  crun?: string;
}

const sh = (script: string) => ["sh", "-c", script];
const setProcess = (values: object) => (config: TestConfig) => {
  Object.assign(config.process, values);
};
const setLinux = (values: object) => (config: TestConfig) => {
  Object.assign(config.linux, values);
};
const addMount =
  (...mounts: object[]) =>
  (config: TestConfig) => {
    config.mounts.push(...(mounts as typeof config.mounts));
  };

/** The flags and the type of a mount: its device has another number each time. */
const mountAt = (place: string) =>
  sh(`grep " ${place} " /proc/self/mountinfo | cut -d" " -f5,6,9-`);
const capabilities = sh("grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status");

const bundles: Bundle[] = [
  { says: "a status", run: sh("exit 7") },
  { says: "a program that a signal ends", run: sh("kill -KILL $$; sleep 1"), crun: "as process 1" },
  { says: "output and errors", run: sh("echo out; echo err >&2") },
  { says: "process 1, and no other", run: sh("echo $$; ls -d /proc/[0-9]*; true") },
  { says: "the user root", run: ["id"] },
  {
    says: "another user, with groups of its own",
    run: sh("id -u; id -g; id -G; cat /proc/self/status | grep Groups"),
    change: setProcess({ user: { uid: 1000, gid: 1001, additionalGids: [5, 6] } }),
  },
  {
    says: "another user's capabilities, without ambient ones",
    run: capabilities,
    change: setProcess({ user: { uid: 1000, gid: 1000 } }),
  },
  {
    says: "ambient capabilities",
    run: capabilities,
    change: (config) => {
      const some = ["CAP_NET_RAW", "CAP_CHOWN"];
      config.process.user = { uid: 1000, gid: 1000 };
      config.process.capabilities = {
        ...{ bounding: some, effective: some, permitted: some, inheritable: some, ambient: some },
      };
    },
  },
  {
    says: "no capabilities at all",
    run: capabilities,
    change: setProcess({ capabilities: { bounding: [] } }),
  },
  {
    says: "no word about capabilities",
    run: capabilities,
    change: (config) => void delete config.process.capabilities,
  },
  {
    says: "programs that may get more rights by their file",
    run: capabilities,
    change: setProcess({ noNewPrivileges: false }),
  },
  { says: "a working directory", run: ["pwd"], change: setProcess({ cwd: "/usr/bin" }) },
  {
    says: "a working directory that is not there",
    run: ["pwd"],
    change: setProcess({ cwd: "/made/for/it" }),
  },
  {
    says: "an environment, with a home",
    run: sh("env | sort"),
    change: (config) => void config.process.env.push("A=1", "EMPTY=", "WITH=two=signs"),
  },
  {
    says: "a umask",
    run: sh("umask"),
    change: setProcess({ user: { uid: 0, gid: 0, umask: 63 } }),
  },
  { says: "the usual umask", run: sh("umask") },
  {
    says: "limits",
    run: sh("ulimit -n; ulimit -Hn; ulimit -c; grep 'open files' /proc/self/limits"),
    change: setProcess({
      rlimits: [
        { type: "RLIMIT_NOFILE", soft: 100, hard: 200 },
        { type: "RLIMIT_CORE", soft: 0, hard: 18446744073709551615n },
      ],
    }),
  },
  {
    says: "a score for the OOM killer",
    run: ["cat", "/proc/self/oom_score_adj"],
    change: setProcess({ oomScoreAdj: 321 }),
  },
  {
    says: "a hostname",
    run: ["hostname"],
    change: (config) => void Object.assign(config, { hostname: "other" }),
  },
  {
    says: "the files of /dev",
    run: sh("cd /dev && stat -c '%A %u:%g %t:%T %N' * pts/*; echo x >/dev/null"),
    crun: "it also has /dev/core",
  },
  {
    says: "devices of its own",
    run: sh("ls -l /dev/own | tr -s ' ' | cut -d' ' -f1,3-6; head -c3 /dev/own | od -c"),
    change: setLinux({
      devices: [{ type: "c", path: "/dev/own", major: 1, minor: 5, fileMode: 432, uid: 3, gid: 4 }],
    }),
  },
  { says: "/proc", run: mountAt("/proc") },
  {
    says: "a tmpfs with options",
    run: mountAt("/tmp"),
    change: addMount({
      ...{ destination: "/tmp", type: "tmpfs", source: "t" },
      options: ["nosuid", "noexec", "size=1m", "mode=1777"],
    }),
  },
  {
    says: "a folder of the host's, to read only",
    run: sh("ls -d /host/share; touch /host/x 2>/dev/null; echo $?"),
    change: addMount({
      ...{ destination: "/host", type: "bind", source: "/usr", options: ["rbind", "ro"] },
    }),
  },
  {
    says: "a file of the host's, at a place that is not there",
    run: sh("test -s /etc/from/host && cat /etc/from/host"),
    change: addMount({
      ...{ destination: "/etc/from/host", source: "/etc/hostname", options: ["bind"] },
    }),
  },
  {
    says: "a link of the image's that leads out of it",
    prepare: "ln -s ../../../../../.. $root/out",
    run: sh("ls -d /out/there/inside; cat /there/inside/mark"),
    change: addMount({
      ...{ destination: "/out/there/inside", type: "tmpfs", source: "t", options: ["mode=711"] },
    }),
  },
  {
    says: "masked files and folders",
    run: sh("wc -c </proc/kcore; wc -c </proc/keys; ls /sys/firmware | wc -l"),
  },
  {
    says: "settings of the kernel that are read-only",
    run: sh("echo 1 >/proc/sys/kernel/panic; echo h >/proc/sysrq-trigger; true"),
  },
  {
    says: "a root to read only",
    run: sh("touch /x; echo $?; touch /dev/shm/x; echo $?"),
    change: (config) => void Object.assign(config.root, { readonly: true }),
  },
  {
    says: "namespaces, of which the network is the host's",
    run: sh(
      "for n in uts pid mnt ipc cgroup; do readlink /proc/self/ns/$n | cut -c1-4; done; ls /sys/class/net | wc -l; readlink /proc/self/ns/net",
    ),
    change: (config) => {
      config.linux.namespaces = config.linux.namespaces.filter(({ type }) => type !== "network");
      config.mounts = config.mounts.filter(({ destination }) => destination !== "/sys");
    },
  },
  {
    says: "settings of its own network",
    run: sh("cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/ping_group_range"),
    change: setLinux({
      sysctl: { "net.ipv4.ip_forward": "1", "net.ipv4.ping_group_range": "0 5" },
    }),
  },
  {
    says: "a filter that refuses a call, with an errno of its own",
    run: sh("mkdir /tmp/x; echo $?; chmod 700 /tmp; echo $?"),
    change: setLinux({
      seccomp: {
        defaultAction: "SCMP_ACT_ALLOW",
        architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"],
        syscalls: [
          { names: ["mkdir", "mkdirat"], action: "SCMP_ACT_ERRNO", errnoRet: 28 },
          { names: ["chmod", "fchmodat", "no_such_call"], action: "SCMP_ACT_ERRNO" },
        ],
      },
    }),
  },
  {
    says: "a filter that looks at arguments",
    run: sh("kill -0 $$; echo $?; kill -WINCH $$; echo $?; kill -URG $$; echo $?"),
    change: setLinux({
      seccomp: {
        defaultAction: "SCMP_ACT_ALLOW",
        architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"],
        syscalls: [
          {
            ...{ names: ["kill"], action: "SCMP_ACT_ERRNO", errnoRet: 1 },
            args: [{ index: 1, value: 28, op: "SCMP_CMP_EQ" }],
          },
        ],
      },
    }),
  },
  {
    says: "a limit of processes",
    run: sh("cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null"),
    change: (config) => {
      config.linux.resources = { pids: { limit: 33 } };
      addMount({
        ...{ destination: "/sys/fs/cgroup", type: "cgroup", source: "cgroup" },
        options: ["ro", "nosuid", "noexec", "nodev"],
      })(config);
    },
  },
];

/** Bundles that no runtime runs: the status says so, and a line. */
const refused: Bundle[] = [
  { says: "a program that is not there", run: ["no-such-program"] },
  { says: "a file that is not there", run: ["/no/such/file"] },
  { says: "a file that is no program", run: ["/etc/passwd"] },
  { says: "no program", run: [] },
  {
    says: "a relative working directory",
    run: ["true"],
    change: setProcess({ cwd: "usr" }),
    crun: "takes it as one from /",
  },
  {
    says: "a setting of the host's kernel",
    run: ["true"],
    change: setLinux({ sysctl: { "kernel.panic": "1" } }),
  },
  {
    says: "an unknown limit",
    run: ["true"],
    change: setProcess({ rlimits: [{ type: "RLIMIT_SOUP", soft: 1, hard: 1 }] }),
  },
  {
    says: "a mount of nothing",
    run: ["true"],
    change: addMount({ destination: "/x", source: "/no/such/source", options: ["bind"] }),
  },
];

async function runBundle(host: BundleHost, runtime: Runtime, bundle: Bundle): Promise<Outcome> {
  const name = newName();
  const config = newConfig(bundle.run, name);
  bundle.change?.(config);
  host.write(config);
  const root = `${BUNDLE}/rootfs`;
  if (bundle.prepare) await host.run("sh", "-c", `root=${root}; ${bundle.prepare}`);
  const outcome = await host.call(runtime, "run", "--bundle", BUNDLE, name);
  await host.run("sh", "-c", `rm -rf ${root}/out ${root}/there ${root}/made ${root}/etc/from`);
  return outcome;
}

const reason = reasonToSkip();

describe.skipIf(reason).each(bundles)(`$says ${reason ?? ""}`, (bundle) => {
  it("is the same with runc, crun and ours", async () => {
    const host = await openBundleHost();
    const outcomes: Partial<Record<Runtime, string>> = {};
    for (const runtime of Object.keys(runtimes) as Runtime[]) {
      const { status, stdout } = await runBundle(host, runtime, bundle);
      outcomes[runtime] = `${stdout}status ${status}`;
    }
    expect(outcomes.ours).toBe(outcomes.runc);
    if (!bundle.crun) expect(outcomes.crun).toBe(outcomes.runc);
  });
});

describe.skipIf(reason).each(refused)(`$says ${reason ?? ""}`, (bundle) => {
  it("is run by none of runc, crun and ours, and nothing is left of it", async () => {
    const host = await openBundleHost();
    for (const runtime of Object.keys(runtimes) as Runtime[]) {
      if (runtime === "crun" && bundle.crun) continue;
      expect((await runBundle(host, runtime, bundle)).status, runtime).not.toBe(0);
    }
    const mounts = await host.run("cat", "/proc/self/mountinfo");
    const { stderr } = await runBundle(host, "ours", bundle);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect((await host.run("sh", "-c", "ls /run/ours 2>/dev/null")).stdout).toBe("");
    expect((await host.run("cat", "/proc/self/mountinfo")).stdout).toBe(mounts.stdout);
  });
});
