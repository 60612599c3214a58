import type { Mistake } from "../attempt.ts";

const MAKE_FILE = `  writeFileSync(\`dev/\${name}\`, "");\n`;

export const errors: Mistake[] = [
  {
    name: "a folder that is not made",
    edits: [['  mkdirSync("dev/shm");\n', ""]],
    fact: "runs-command",
    hint: /There is no dev\/shm yet.* mkdirSync/,
  },
  {
    name: "a device without a file to be mounted on",
    edits: [[MAKE_FILE, ""]],
    fact: "runs-command",
    hint: /There is no dev\/null yet.* writeFileSync/,
  },
  {
    name: "a device on a folder",
    edits: [[MAKE_FILE, MAKE_FILE.replace("writeFileSync", "mkdirSync").replace(', ""', "")]],
    fact: "runs-command",
    hint: /There is no dev\/null yet, or it is of another kind/,
  },
  {
    name: "shm for a type of file system",
    edits: [['mount("shm", "dev/shm", "tmpfs"', 'mount("shm", "dev/shm", "shm"']],
    fact: "runs-command",
    hint: /no file system of the type shm/,
  },
];
