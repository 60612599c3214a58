import type { HintsByFact } from "./hints.ts";

export const privilegesHints: HintsByFact = {
  capabilities: {
    idea: "What root may do has been cut into some forty pieces. A program that root starts gets those that are in the bounding set, and nothing ever comes back into that.",
    direction:
      "At the end of child(), before it becomes the command: prctl(PR_CAPBSET_DROP, number) for each number up to the one in /proc/sys/kernel/cap_last_cap, without those that Docker keeps: their constants begin with CAP_.",
    code: ["const CAPABILITIES", "dropPrivileges();", "function dropPrivileges"],
  },
  "no-new-privileges": {
    idea: "The file of a program may say that whoever starts it becomes root, or gets capabilities: sudo, ping. A process can decline that, for itself and all that comes after it.",
    direction: "prctl(PR_SET_NO_NEW_PRIVS, 1), in the same place.",
    code: ["prctl(PR_SET_NO_NEW_PRIVS"],
  },
  filter: {
    idea: "A filter is a program for a small machine in the kernel. It is asked at each system call, and sees the call's number and arguments. There is one register, and jumps go forward only, so each filter ends.",
    direction:
      "Load the number of the call, compare it with that of mount, and answer with an errno if it is the same: three instructions. Then the next one. At the end, SECCOMP_RET_ALLOW. Before all that, make sure that the number means what you think: SECCOMP_DATA_ARCH.",
    code: ["const REFUSED", "const NAMESPACES", "seccomp(filter())", "function filter"],
  },
  "still-works": {
    idea: "Most of what root does needs none of the things that were taken away.",
    direction:
      "Compare your list of capabilities with Docker's, and see that the filter ends with SECCOMP_RET_ALLOW. Threads and processes both come from clone: refuse it only with flags for namespaces.",
    code: ["const CAPABILITIES", "function filter"],
  },
};
