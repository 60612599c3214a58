import { changesOn, mountsOf, networkOf, ubuntuFs, until } from "host";
import { describe, expect, it } from "vitest";
import { openClass } from "./open-class.ts";

const NOTHING = "  Nothing is left over.\n";

describe("pnpm workshop clean", () => {
  it("takes away what a crashed attempt left, and can be called again", async () => {
    const { host, shell, workshop } = await openClass();
    const mounts = mountsOf(host);
    expect((await workshop("clean")).stdout).toBe(NOTHING);
    // A container whose run() is gone, with a mount and a cgroup that have any name
    await shell(`
      mount -t proc proc ubuntu-fs/proc && mount -t tmpfs none ubuntu-fs/tmp
      root=$(awk '$5 ~ /pids$/ || $9 == "cgroup2" { print $5; exit }' /proc/self/mountinfo)
      mkdir $root/container-abcdef $root/mine
      mkdir -p /var/tmp/container-abcdef/upper/etc /var/tmp/container-other
      if grep -qs invalid $root/mine/cgroup.type; then echo threaded >$root/mine/cgroup.type; fi
      setsid sh -c 'echo 0 >'$root'/mine/cgroup.procs; exec chroot ubuntu-fs sleep 1000' >/dev/null 2>&1 &
      mkdir $root/somebody-elses`);
    await until("the container", async () => (await host.run("pgrep", "-x", "sleep")).status === 0);
    expect((await workshop("doctor")).stdout).toMatch(
      /leftovers +1 containers, 2 mounts, 2 cgroups, 1 folders\n +pnpm workshop clean/,
    );
    expect((await workshop("clean", "--dry-run")).stdout).toContain(`${ubuntuFs}/proc`);

    const { status, stdout } = await workshop("clean");
    expect(status).toBe(0);
    expect(stdout).toContain("ended 1 process of a container: sleep 1000");
    expect(stdout).toContain(`unmounted ${ubuntuFs}/proc`);
    expect(stdout).toContain("removed the cgroup container-abcdef");
    expect(stdout).toContain("removed the cgroup mine");
    expect(stdout).toContain("removed /var/tmp/container-abcdef, which a container has written");
    expect((await host.run("ls", "/var/tmp")).stdout).toBe("container-other\n");
    expect((await host.run("pgrep", "-x", "sleep")).status).toBe(1);
    expect(mountsOf(host)).toEqual(mounts);
    expect(host.cgroup?.made().map((each) => each.split("/").at(-1))).toEqual(["somebody-elses"]);
    expect((await workshop("clean")).stdout).toBe(NOTHING);
  });

  it("takes away the network of a container when nobody was left to do so", async () => {
    const { host, shell, workshop } = await openClass();
    const before = await networkOf(host);
    const start = "setsid pnpm --silent --dir steps/09-network start sleep 1000";
    await shell(`${start} >/dev/null 2>&1 &`);
    await until("the container", async () => (await host.run("pgrep", "-x", "sleep")).status === 0);
    expect((await workshop("clean")).stdout).toContain("left alone");
    expect((await host.run("ip", "link", "show", "workshop0")).status).toBe(0);
    // run(), and all those that watch it
    await shell("kill -KILL $(pgrep -f 'read -r line|main.ts run')");
    await until("its end", async () => (await host.run("pgrep", "-x", "sleep")).status !== 0);
    expect((await workshop("doctor")).stdout).toMatch(
      /leftovers .*\d+ in the network\n +pnpm workshop clean/,
    );
    expect((await workshop("clean", "--dry-run")).stdout).toContain("network device workshop0");
    const { stdout } = await workshop("clean");
    expect(stdout).toContain("removed the network device workshop0");
    expect(stdout).toContain("removed the rules of cable-");
    expect(await networkOf(host)).toEqual(before);
    expect((await workshop("clean")).stdout).toBe(NOTHING);
  });

  it.each(["03-pid-mnt-chroot", "08-overlay", "12-rootless"])(
    "leaves a running container alone, and ends it with --all: %s",
    async (stage) => {
      const { host, shell, workshop } = await openClass();
      const mounts = mountsOf(host);
      const start = `setsid pnpm --silent --dir steps/${stage} start sleep 1000`;
      await shell(`${start} >/dev/null 2>&1 &`);
      await until(
        "the container",
        async () => (await host.run("pgrep", "-x", "sleep")).status === 0,
      );
      const { stdout } = await workshop("clean");
      expect(stdout).toMatch(/left alone: .*sleep 1000, PID \d+, is running; --all ends it/);
      expect((await host.run("pgrep", "-x", "sleep")).status).toBe(0);
      expect(changesOn(host)).toHaveLength(stage < "08" ? 0 : 1);
      expect((await workshop("clean", "--all")).stdout).toContain("ended a running container");
      expect((await host.run("pgrep", "-x", "sleep")).status).toBe(1);
      expect(mountsOf(host)).toEqual(mounts);
      expect(changesOn(host)).toEqual([]);
    },
  );
});
