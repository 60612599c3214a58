import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parseMountinfo } from "shared-native";
import { expect, type Fact } from "./fact.ts";

/** The numbers of the devices that every program may expect. */
const DEVICES: Record<string, string> = {
  null: "1:3",
  zero: "1:5",
  full: "1:7",
  random: "1:8",
  urandom: "1:9",
  tty: "5:0",
};

/** All else that is in there: links, and folders that are mounts. */
const OTHERS = [
  "fd",
  "stdin",
  "stdout",
  "stderr",
  "ptmx",
  "pts",
  "shm",
  "mqueue",
  "console",
  "core",
];

export const hasDevices: Fact = {
  id: "devices",
  title: "has in /dev what programs expect, and nothing else",
  onlyLooks: true,
  async check({ shell }) {
    const { pid } = await shell();
    const dev = `/proc/${pid}/root/dev`;
    for (const [name, numbers] of Object.entries(DEVICES)) {
      const actual = numbersOf(path.join(dev, name));
      expect(
        actual === numbers,
        `/dev/${name} is the character device ${numbers}`,
        actual === undefined ? "it is no device" : `it is ${actual}`,
        "Where one may not make devices, an empty file will do, and the host's device mounted on it: MS_BIND, before the old root is gone.",
      );
    }
    const more = readdirSync(dev).filter((name) => !(name in DEVICES) && !OTHERS.includes(name));
    expect(
      more.length === 0,
      "there is nothing else in /dev",
      `there is also ${more.slice(0, 5).join(", ")}`,
      "A tmpfs on /dev begins empty. The host's /dev has its disks.",
    );
  },
};

/** The mounts below /dev that are the container's own, and their types. */
const MOUNTS = {
  "/dev": "tmpfs",
  "/dev/pts": "devpts",
  "/dev/shm": "tmpfs",
  "/dev/mqueue": "mqueue",
};

export const hasOwnDev: Fact = {
  id: "own-dev",
  title: "has terminals, shared memory and message queues of its own in /dev",
  onlyLooks: true,
  async check({ shell }) {
    const { host, pid } = await shell();
    for (const [point, type] of Object.entries(MOUNTS)) {
      const mounted = mountsIn(pid).findLast(({ mountPoint }) => mountPoint === point);
      expect(
        mounted?.filesystemtype === type,
        `${type} on ${point} in the container's mount table`,
        mounted ? `it is ${mounted.filesystemtype}` : "nothing is mounted there",
        `mount(…, "dev${point.slice(4)}", "${type}", …), after the folder is made, and before the old root is gone.`,
      );
      const isHosts = deviceOf(pid, point) === deviceOf(host.pid, point);
      expect(
        !isHosts,
        `the ${type} on ${point} is another than the host's`,
        "it is the host's own",
        point === "/dev/mqueue"
          ? "Message queues belong to an IPC namespace: CLONE_NEWIPC, where the container is started."
          : "Mount a new one, and do not bind the host's.",
      );
    }
  },
};

function mountsIn(pid: number) {
  return parseMountinfo(readFileSync(`/proc/${pid}/mountinfo`, "utf8"));
}

/** Returns the number of the file system that a process sees at a place. */
function deviceOf(pid: number, point: string): number | undefined {
  return statSync(`/proc/${pid}/root${point}`, { throwIfNoEntry: false })?.dev;
}

function numbersOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isCharacterDevice()) return undefined;
  return `${(stat.rdev >> 8) & 0xfff}:${stat.rdev & 0xff}`;
}
