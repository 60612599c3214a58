import type { HintsByFact } from "./hints.ts";

export const unshareProcHints: HintsByFact = {
  "keeps-mounts-from-host": {
    idea: "A new mount namespace is a copy of the host's, and mounts in a shared copy are passed on. mount_namespaces(7) calls what has to change the propagation.",
    direction:
      "It has to change in the new namespace, for all mounts, before anything is mounted there. Go has a field for it beside Cloneflags, and so has our spawn: unshareflags.",
    code: ["unshareflags:"],
  },
  "leaves-host-shared": {
    idea: "The propagation belongs to the mounts of one namespace. It has to change in the container's, for all mounts, and in no other.",
    direction:
      "On the host, run() changes nothing: spawn's unshareflags do it between the birth of the namespace and that of child(). A mount() by hand needs MS_REC | MS_PRIVATE on /, in child(), before chroot.",
    code: ["unshareflags:"],
  },
};
