import type { HintsByFact } from "./hints.ts";

export const utsHints: HintsByFact = {
  "runs-command": {
    idea: "Everything happens in run(), in two statements: start the command, wait for it.",
    direction:
      'spawn(file, args, options): the file is command[0], the arguments are the rest. Without stdio: "inherit", the command would talk to a pipe that nobody reads. What spawn returns is for wait.',
    code: ["const [file", "const container", "process.exitCode"],
  },
  "new-uts-namespace": {
    idea: "A process is born into its namespaces: the one that starts it says which of them are new.",
    direction:
      "Beside Node's own options, spawn takes cloneflags, as clone(2) does. The flag for the namespace that holds the hostname is CLONE_NEWUTS.",
    code: ["const container"],
  },
  "no-other-namespace": {
    idea: "Each flag makes one new namespace. This stage needs the one that holds the hostname.",
    direction: "cloneflags has CLONE_NEWUTS, and no other flag. unshareflags are for stage 04.",
    code: ["const container"],
  },
  "looks-like-host": {
    idea: "A new UTS namespace begins with a copy of the host's name, and keeps it until somebody changes it.",
    direction:
      "Nothing in this stage sets a name: neither sethostname, nor a command that is started before the user's.",
    code: ["const container"],
  },
  "keeps-hosts-name": {
    idea: "A name belongs to a namespace. Where inside and outside are the same one, a name that is set inside is the host's.",
    direction:
      "The command must be born in the new namespace, by cloneflags: run() itself stays on the host.",
    code: ["const container"],
  },
  "passes-status": {
    idea: "Whoever starts the program looks at its exit status. Node's is 0, unless it is told another.",
    direction:
      "wait(container) gives the status of the command, as a shell would: 128 + the number of the signal that ended it. It belongs in process.exitCode.",
    code: ["process.exitCode"],
  },
};
