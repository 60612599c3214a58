import { existsSync } from "node:fs";

/** The variables that a shell sets as it starts. */
const SET_BY_SHELLS = ["PWD", "OLDPWD", "SHLVL", "_"];

/**
 * Returns the command line for a shell that becomes a command, so that the command gets the
 * environment of this process all the same: a shell sets some variables itself, and drops those whose
 * names it could not use, such as BASH_FUNC_greet%%. env(1) puts them back.
 *
 * @param command a program and its arguments
 * @see https://man7.org/linux/man-pages/man1/env.1.html
 */
export function keepEnvironment(command: readonly string[]): string[] {
  const env = "/usr/bin/env";
  // Where it is not there, or would take the program's own name for a variable
  if (!existsSync(env) || command[0]?.includes("=")) return [...command];
  const unset = SET_BY_SHELLS.filter((name) => process.env[name] === undefined);
  const lost = Object.entries(process.env).filter(
    ([name]) => SET_BY_SHELLS.includes(name) || !/^[a-z_]\w*$/i.test(name),
  );
  return [
    env,
    ...unset.flatMap((name) => ["-u", name]),
    ...lost.map(([name, value]) => `${name}=${value}`),
    ...command,
  ];
}
