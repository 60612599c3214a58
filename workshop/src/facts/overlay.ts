import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { changesOn, until } from "host";
import { parseMountinfo } from "shared-native";
import { expect, type Fact } from "./fact.ts";
import { said, shown } from "./shown.ts";
import { withNewFile } from "./with-new-file.ts";

export const leavesImage: Fact = {
  id: "image-unchanged",
  title: "writes to its root, and changes nothing in ubuntu-fs",
  check: ({ run }) =>
    withNewFile(async (file, inImage) => {
      const script = `echo changed >${file}; read line <${file}; echo "$line"`;
      const { stdout, stderr } = await run("sh", "-c", script);
      expect(
        stdout.trim() === "changed",
        "a file that the command writes to / can be read again",
        `it printed ${shown(stdout)}; ${shown(said(stderr))}`,
        "An overlay without upperdir and workdir is read-only, and so is one with MS_RDONLY, which is for --read-only.",
      );
      expect(
        !existsSync(inImage),
        "ubuntu-fs is as it was before",
        "the file is in ubuntu-fs",
        'ubuntu-fs is mounted on itself, and so every write goes there. Mount an overlay instead: lowerdir is ubuntu-fs, upperdir and workdir are new directories, and mount("overlay", …, "overlay", 0, "lowerdir=…,upperdir=…,workdir=…") takes them.',
      );
    }),
};

export const keepsApart: Fact = {
  id: "two-apart",
  title: "sees nothing of what another container writes to the same file",
  check: ({ start }) =>
    withNewFile(async (file) => {
      const writes = (word: string) =>
        `echo ${word} >${file}; read go; read line <${file}; echo "$line";`;
      const first = await start(writes("first"));
      const second = await start(writes("second"), first.host);
      first.running.type("go");
      const answer = () => first.running.stdout().split("\n")[1];
      await until("the line of the first", () => answer() || first.running.hasEnded(), 20);
      for (const { running } of [first, second]) running.endInput();
      expect(
        answer() === "first",
        "the first container reads what it has written itself",
        `it reads ${shown(answer() ?? "")}, after another has written to that file`,
        "With fixed names, all containers share one upperdir. Each needs a new one, as it needs a new cgroup.",
      );
    }),
};

export const removesChanges: Fact = {
  id: "removes-changes",
  title: "leaves nothing of what it has written when it has ended",
  check: ({ start }) =>
    withNewFile(async (file) => {
      const { host, pid, running } = await start(`echo changed >${file};`);
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
    }),
};

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
