import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { changesOn, repo, ubuntuFs, until } from "host";
import { parseMountinfo } from "shared-native";
import { MARKER } from "../requirements/root-file-system.ts";
import { expect, type Fact } from "./fact.ts";
import { said, shown } from "./shown.ts";

const IMAGES = path.join(repo, "images");

export const leavesImage: Fact = {
  id: "image-unchanged",
  title: "writes to its root, and changes nothing in ubuntu-fs",
  async check({ run }) {
    const name = `written-${randomUUID()}`;
    const { stdout, stderr } = await run(
      "sh",
      "-c",
      `echo changed >/${name}; read line </${name}; echo "$line"`,
    );
    const isInImage = isTaken(path.join(ubuntuFs, name));
    expect(
      stdout.trim() === "changed",
      "a file that the command writes to / can be read again",
      `it printed ${shown(stdout)}; ${shown(said(stderr))}`,
      "An overlay without upperdir and workdir is read-only, and so is one with MS_RDONLY, which is for --read-only.",
    );
    expect(
      !isInImage,
      "ubuntu-fs is as it was before",
      "the file is in ubuntu-fs",
      'ubuntu-fs is mounted on itself, and so every write goes there. Mount an overlay instead: lowerdir is ubuntu-fs, upperdir and workdir are new directories, and mount("overlay", …, "overlay", 0, "lowerdir=…,upperdir=…,workdir=…") takes them.',
    );
  },
};

export const keepsApart: Fact = {
  id: "two-apart",
  title: "sees nothing of what another container writes to the same file",
  async check({ start }) {
    const file = `/written-${randomUUID()}`;
    const writes = (word: string) =>
      `echo ${word} >${file}; read go; read line <${file}; echo "$line";`;
    const first = await start(writes("first"));
    const second = await start(writes("second"), first.host);
    first.running.type("go");
    const answer = () => first.running.stdout().split("\n")[1];
    await until("the line of the first", () => answer() || first.running.hasEnded(), 20);
    await Promise.all([first, second].map(({ running }) => running.endInput()));
    isTaken(path.join(ubuntuFs, file));
    expect(
      answer() === "first",
      "the first container reads what it has written itself",
      `it reads ${shown(answer() ?? "")}, after another has written to that file`,
      "With fixed names, all containers share one upperdir. Each needs a new one, as it needs a new cgroup.",
    );
  },
};

export const mayBeReadOnly: Fact = {
  id: "read-only",
  title: "lets nobody write to its root with --read-only",
  async check({ run }) {
    const name = `written-${randomUUID()}`;
    const script = `echo in; (echo changed >/${name}) 2>/dev/null && echo written; echo x >/dev/shm/x && echo shared`;
    const { stdout, stderr } = await run("--read-only", "sh", "-c", script);
    isTaken(path.join(ubuntuFs, name));
    const lines = stdout.trim().split("\n");
    expect(
      lines.includes("in"),
      "start --read-only sh -c … runs sh",
      `it printed nothing; ${shown(said(stderr))}`,
      "--read-only is not part of the command: take it off the words that were typed, and hand it on to child().",
    );
    expect(
      !lines.includes("written"),
      "a file in / cannot be written",
      "it can",
      "A mount with the flag MS_RDONLY is read-only, whatever is below.",
    );
    expect(
      lines.includes("shared"),
      "/dev/shm can be written all the same",
      `it cannot: ${shown(said(stderr))}`,
      "It is another mount, with flags of its own.",
    );
  },
};

export const removesChanges: Fact = {
  id: "removes-changes",
  title: "leaves nothing of what it has written when it has ended",
  async check({ start }) {
    const { host, pid, running } = await start(`echo changed >/written-${randomUUID()};`);
    const upper = upperOf(pid);
    const seen = path.join(`/proc/${host.pid}/root`, upper);
    running.endInput();
    await running.ended;
    expect(
      !existsSync(seen) && changesOn(host).length === 0,
      `${upper} is gone when the container has ended`,
      "it is still there",
      "The kernel unmounts an overlay with its mount namespace, and leaves the directories: removeTreeAtEnd(directory) in run(), before it is made, removes them whatever happens.",
    );
  },
};

export const hasLayers: Fact = {
  id: "layers",
  title: "takes the layers of an image with --image",
  async check({ run }) {
    // Two layers: ubuntu-fs, and one on top of it that has something else in the place of a file
    const name = `check-${randomUUID()}`;
    const image = path.join(IMAGES, name);
    mkdirSync(path.join(image, "2"), { recursive: true });
    symlinkSync(ubuntuFs, path.join(image, "1"));
    writeFileSync(path.join(image, "2", MARKER), "the second layer\n");
    try {
      const script = `read line </${MARKER}; echo "it has $line"`;
      const { stdout, stderr } = await run(`--image=${name}`, "sh", "-c", script);
      expect(
        stdout.startsWith("it has"),
        `start --image=${name} sh -c … runs sh`,
        `it printed ${shown(stdout)}; ${shown(said(stderr))}`,
        'The layers are the folders in images/<name>. lowerdir takes them all, with ":" between them.',
      );
      expect(
        stdout === "it has the second layer\n",
        "a file is that of the topmost layer that has it",
        `of ${MARKER}, ${shown(stdout)}`,
        "The first in lowerdir is the topmost, and the last in the alphabet.",
      );
    } finally {
      rmSync(image, { recursive: true });
      if (readdirSync(IMAGES).length === 0) rmdirSync(IMAGES);
    }
  },
};

/** Tells whether a file is there, and takes it away. */
function isTaken(file: string): boolean {
  const isThere = existsSync(file);
  rmSync(file, { force: true });
  return isThere;
}

/** Returns the directory that takes what a process writes to its root. */
function upperOf(pid: number): string {
  const mounts = parseMountinfo(readFileSync(`/proc/${pid}/mountinfo`, "utf8"));
  const root = mounts.findLast(({ mountPoint }) => mountPoint === "/");
  const option = root?.superOptions.find((each) => each.startsWith("upperdir="));
  expect(
    option !== undefined,
    "the root in the container's mount table is an overlay with an upperdir",
    root ? `it is ${root.filesystemtype}` : "it has no line there",
    'mount("overlay", …, "overlay", …) before pivotRoot.',
  );
  return option?.slice("upperdir=".length) ?? "";
}
