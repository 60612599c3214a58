import type { HintsByFact } from "./hints.ts";

export const reexecHints: HintsByFact = {
  "names-container": {
    idea: "Somebody must run in the new namespace before the command does, to set the name. A program that is there already, and that you know: this one.",
    direction:
      'run() starts /proc/self/exe, which is Node, with process.execArgv, this file (import.meta.filename), child, and the command. The switch gets a case for child. child() calls sethostname("container"), then starts the command with spawn, without any flags, and passes its status on as run() does.',
    code: [
      'case "child":',
      "const args",
      "const container",
      "process.exitCode = await wait(container",
      "async function child",
    ],
  },
  "child-by-hand": {
    idea: "Anybody can type what run() starts, and then nobody has made a namespace: whatever child() changes, it changes on the host.",
    direction:
      "The namespace of child() must be another one than that of its parent, or it may not go on. requireNewNamespaces(CLONE_NEWUTS) looks at both, and throws. It comes first in child().",
    code: ["requireNewNamespaces(CLONE_NEWUTS)"],
  },
  "sees-hosts-processes": {
    idea: "Process IDs have a namespace of their own, and here the command is still in the host's. So ps shows what it shows on the host.",
    direction: "cloneflags has CLONE_NEWUTS, and no other flag; nothing mounts another /proc.",
    code: ["const container"],
  },
};
