import { mkdirSync } from "node:fs";
import { execve, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, prctl, seccomp } from "shared-native";
import type { Seccomp } from "../config/linux.ts";
import type { Process } from "../config/process.ts";
import { readEnvironment } from "../container/hooks.ts";
import { writeFilter } from "../seccomp/filter.ts";
import { dropBounding, setCapabilities } from "./capabilities.ts";
import { findProgram, homeOf } from "./find-program.ts";
import { checkRlimits, setRlimits } from "./rlimits.ts";

/** Things that are looked up while /proc and all rights are still there. */
export interface Prepared {
  file: string;
  env: Record<string, string>;
  capabilities: number;
}

/**
 * Finds the program in the container's root.
 *
 * @throws {Error} when it cannot be executed
 */
export function prepare(
  { args, env: lines, cwd, user, rlimits }: Process,
  count: number,
): Prepared {
  checkRlimits(rlimits);
  mkdirSync(cwd, { recursive: true });
  process.chdir(cwd);
  const env = readEnvironment(lines);
  env.HOME ??= homeOf(user.uid);
  return { file: findProgram(args[0] ?? "", env.PATH, cwd), env, capabilities: count };
}

/** Takes away what the program may not have, and becomes it. */
export function become(
  { args, user, capabilities, rlimits, noNewPrivileges }: Process,
  { file, env, capabilities: count }: Prepared,
  filter: Seccomp | null | undefined,
): never {
  const instructions = filter && writeFilter(filter);
  // From here on this process may do no more than the container's others: they must not look into it
  prctl(PR_SET_DUMPABLE, 0);
  setRlimits(rlimits);
  process.umask(user.umask ?? 0o022);
  dropBounding(capabilities, count);
  process.setgroups?.(user.additionalGids);
  process.setgid?.(user.gid);
  process.setuid?.(user.uid);
  if (noNewPrivileges) prctl(PR_SET_NO_NEW_PRIVS, 1);
  // Without that, setting a filter takes CAP_SYS_ADMIN, which goes afterwards
  setCapabilities(capabilities, !noNewPrivileges);
  return execve(file, args, [], env, () => {
    // A filter may refuse all that came before
    if (instructions) seccomp(instructions);
    if (!noNewPrivileges) setCapabilities(capabilities);
  });
}
