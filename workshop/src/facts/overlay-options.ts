import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repo, ubuntuFs } from "host";
import { MARKER } from "../requirements/root-file-system.ts";
import { expect, type Fact } from "./fact.ts";
import { said, shown } from "./shown.ts";
import { withNewFile } from "./with-new-file.ts";

const IMAGES = path.join(repo, "images");

export const mayBeReadOnly: Fact = {
  id: "read-only",
  title: "lets nobody write to its root with --read-only",
  check: ({ run }) =>
    withNewFile(async (file) => {
      const script = `echo in; (echo changed >${file}) 2>/dev/null && echo written; echo x >/dev/shm/x && echo shared`;
      const { stdout, stderr } = await run("--read-only", "sh", "-c", script);
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
    }),
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
