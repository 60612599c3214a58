import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hasOwnCgroup } from "workshop/facts/cgroup";
import { isRootless, ownStages } from "../../kit/containers.ts";
import { runOn, type Surroundings } from "./run-on.ts";

/** Those that need all that a machine has to have. */
const demanding = ownStages.filter(({ facts }) => facts.includes(hasOwnCgroup));
const last = demanding.at(-1)?.name ?? ""; // of those that root starts
const USER = "unshare --user --map-root-user --uts --ipc --net --mount --pid --fork --mount-proc";
const ODD = `/mnt/a b'"$x#%é😀\nc`;
/** True as on Ubuntu 24.04, where only root gets a user namespace that is of any use. */
const RESTRICTED = /^1/.test(read("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"));
/** A container as Docker makes it, out of this host's own files. */
const CONTAINER = `
  pivot='mount --rbind / /mnt && cd /mnt && pivot_root . . && umount -l . && cd / &&
    mount -t proc proc /proc && umount -R /sys/fs/cgroup && exec "$@"'
  PATH=$PATH:/sbin exec unshare --uts --mount --pid --fork --propagation private sh -c "$pivot" sh`;

describe.each(demanding)("$name runs", ({ name }) => {
  const machines: [name: string, machine: Surroundings, stage?: string][] = [
    ["from a read-only repo", { prepare: 'mount --bind -o ro "$repo" "$repo"' }],
    ["from a full disk", { prepare: "layer 1M && ! cat /dev/zero >/mnt/upper/zeros 2>&-" }],
    [
      "from a path with a space, quotes, a newline and UTF-8",
      {
        prepare: `mount -t tmpfs t /mnt && mkdir '${ODD.replace("'", "'\\''")}' && mount --bind "$repo" /mnt/*`,
        folder: ODD,
      },
    ],
    ["with 64 descriptors", { start: 'ulimit -n 64; exec "$@"' }],
    ["in a user namespace that has all other kinds, too", { start: `exec ${USER} "$@"` }],
    [
      // The limit holds for other users only
      "in such a one of somebody who is not root and may have 50 tasks",
      { nobody: true, start: `ulimit -u 50; exec ${USER} "$@"` },
      "04-unshare-proc",
    ],
    ["in a container, as Docker makes them", { start: `${CONTAINER} "$@"` }, "04-unshare-proc"],
  ];
  it.for(machines)("%s", async ([, machine, stage = name], { skip }) => {
    skip(isRefused(machine), "AppArmor lets only root have such a one");
    const command = ["sh", "-c", "hostname; echo $(ps -o pid= -p 1); exit 7"];
    const { status, stdout, stderr } = await runOn(machine, stage, command);
    expect({ status, stdout }, stderr).toEqual({ status: 7, stdout: "container\n1\n" });
  });
});

describe("a stage says in one line what is wrong", () => {
  const machines: [name: string, machine: Surroundings, line: RegExp, stage?: string][] = [
    [
      "without /proc",
      { prepare: "umount --lazy /proc" },
      /: there is no \/proc here: type "mount -t proc proc \/proc" \(ENOENT.*\)/,
    ],
    [
      "to root of a user namespace to whom the hostname does not belong",
      { start: `exec ${USER.replace("--uts", "")} "$@"` },
      /: this root lacks capabilities, .* \(EPERM: .*, setns\(\d+, CLONE_NEWUTS\)\)/,
    ],
    [
      "to root of a user namespace to whom the cgroups do not belong",
      { nobody: true, start: `exec ${USER} "$@"` },
      /: this root lacks capabilities, .* \(EACCES: .*\)/,
    ],
    [
      "to root of a container, as Docker makes them",
      { start: `${CONTAINER} setpriv --bounding-set=-sys_admin "$@"` },
      /: this root lacks capabilities, .* \(EPERM: .*, unshare\(.*\)\)/,
      "04-unshare-proc",
    ],
    [
      "in a container without cgroups",
      { start: `${CONTAINER} "$@"` },
      /: no cgroup has the pids controller: .*/,
    ],
    [
      "in a container of its own",
      {
        prepare:
          'mount --bind /usr "$repo/ubuntu-fs/usr" && mount --bind "$repo" "$repo/ubuntu-fs/mnt"',
      },
      /: spawn: "\/" is no mount point, as in a chroot, and cannot be private: perhaps use the host/,
      "04-unshare-proc",
    ],
  ];
  it.for(machines)("%s", async ([name, machine, line, stage = last], { skip }) => {
    skip(isRefused(machine), "AppArmor lets only root have such a one");
    const again = `cd /mnt/steps/${stage} && PATH=/mnt/node_modules/.bin:$PATH &&
      node --import ../../shared-native/typescript.cjs src/main.ts run true`;
    const inside = name.endsWith("of its own") ? ["sh", "-c", again] : ["true"];
    await expectLine(line, machine, stage, inside);
  });

  const ofRoot = ownStages.filter(({ name }) => !isRootless(name));

  it.each(ofRoot)("to a student who is not root: $name", async ({ name: stage }) => {
    const line =
      /: this needs root: type "sudo env PATH=\$PATH pnpm --filter [\w-]+ start true", or "pnpm rootless" first, for stages 1 to 4 \(E(PERM|ACCES): .*\)/;
    await expectLine(line, { nobody: true }, stage, ["true"]);
  });
});

/** Checks that a stage does nothing on a machine but say why it cannot, after its name. */
async function expectLine(line: RegExp, machine: Surroundings, stage: string, command: string[]) {
  const { status, stdout, stderr } = await runOn(machine, stage, command);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  const lines = stderr.replace(/^Running (main|child) process \[[^\]]*\] as \d+$/gm, "").trim();
  expect(lines).toMatch(new RegExp(`^${stage}${line.source}$`));
}

/** Tells whether this host's AppArmor denies the student a user namespace. */
function isRefused({ nobody, start }: Surroundings): boolean {
  return RESTRICTED && nobody === true && start !== undefined;
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
