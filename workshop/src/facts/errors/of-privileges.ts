import type { KnownError } from "./known-error.ts";

/** Errors of seccomp and prctl, and of programs under a filter. */
export const privilegeErrors: KnownError[] = [
  {
    pattern: /^.*EINVAL.*prctl\(PR_SET_SECCOMP/m,
    hint: "The kernel checks a filter before it takes it: each jump has to end inside of it, and the last instruction has to be an answer, BPF_RETURN.",
  },
  {
    pattern: /^.*EACCES.*prctl\(PR_SET_SECCOMP/m,
    hint: "Without CAP_SYS_ADMIN, a filter wants PR_SET_NO_NEW_PRIVS first.",
  },
];
