import type { HintsByFact } from "./hints.ts";

export const overlayHints: HintsByFact = {
  "image-unchanged": {
    idea: "An overlay shows several directories as one. What is written goes to the upper one, and those below stay as they are. So ubuntu-fs can be below, and an empty directory on top.",
    direction:
      'child() mounts the overlay on UBUNTU_FS itself, where it mounted UBUNTU_FS before: mount("overlay", UBUNTU_FS, "overlay", 0, "lowerdir=…,upperdir=…,workdir=…"). The two directories are made by run() in /var/tmp, upper with mode 755. It hands the path on to child, as an option in front of the command.',
    code: [
      "const CONTAINERS",
      "const directory = makeDirectory",
      "const own",
      "const args",
      "mountOverlay(directory",
      "function mountOverlay",
    ],
  },
  "two-apart": {
    idea: "Whatever two containers have for a name, they share. The directory needs one that nobody else has, as the cgroup does.",
    direction: "The name of the container is already random: use it for the directory, too.",
    code: ["const directory = path.join(CONTAINERS"],
  },
  "removes-changes": {
    idea: "The mount ends with its namespace, and the directories do not. Something has to remove them, even when run() is killed.",
    direction:
      "removeTreeAtEnd(directory), before the directory is made: it starts a process that watches run(), as removeCgroupAtEnd does.",
    code: ["function makeDirectory"],
  },
  "read-only": {
    idea: "There is a flag for that, and a mount call takes flags. /dev and the like are mounts of their own, and stay as they are.",
    direction:
      'Take all words that begin with "--" off the command, and hand them on to child(). There, the flag of the overlay is MS_RDONLY, or 0.',
    code: [
      "// pnpm --filter",
      "const command",
      "const options",
      "while (",
      "const withInit",
      "if (!command[0]",
      "const { ",
      "mountOverlay(directory",
    ],
  },
  layers: {
    idea: "An image is a stack of layers, and lowerdir takes a list: the topmost first, with a colon between them.",
    direction:
      'readdirSync(image).sort().reverse().join(":"), as relative paths: process.chdir(image) comes before mount. A path of the repo may have a colon or a comma in it, and these have a meaning in the options.',
    code: ["const IMAGES", "function mountOverlay"],
  },
};
