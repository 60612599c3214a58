/** A command line as engines write it: `--root /run/x create --bundle /b --pid-file /p web`. */
export interface CommandLine {
  command: string;
  /** Which container. */
  id: string;
  /** The words after that: a signal for kill, a program and its arguments for exec. */
  args: string[];
  options: Record<string, string>;
}

/** Options with a value, and without one. runc has the same. */
const VALUES = [
  ...["--root", "--log", "--log-format", "--rootless", "--criu", "--bundle", "--pid-file"],
  ...["--console-socket", "--preserve-fds", "--process", "--cwd", "--env", "--user"],
];
const FLAGS = [
  ...[
    "--debug",
    "--systemd-cgroup",
    "--version",
    "--help",
    "--all",
    "--force",
    "--detach",
    "--tty",
  ],
  ...["--no-pivot", "--no-new-keyring", "--no-subreaper", "--keep"],
];
const SHORT: Record<string, string> = {
  ...{ "-b": "--bundle", "-p": "--process", "-d": "--detach", "-t": "--tty", "-a": "--all" },
  ...{ "-f": "--force", "-e": "--env", "-u": "--user", "-v": "--version" },
};

/** These change what a container is, and are not done. */
const NOT_DONE: Record<string, string> = {
  "--systemd-cgroup":
    "cgroups made by systemd: type --exec-opt native.cgroupdriver=cgroupfs for dockerd, --cgroup-manager cgroupfs for podman",
  "--no-pivot": "a root without pivot_root",
};

/**
 * Reads a command line. Options stand before the command, or between it and the container's name.
 *
 * @param options they are put in there, so that an error about the next is told where --log says
 * @throws {Error} for an unknown option, or one without its value
 */
export function readCommandLine(
  words: readonly string[],
  options: Record<string, string>,
): CommandLine {
  const args = [...words];
  takeOptions(args, options);
  const command = args.shift() ?? "";
  takeOptions(args, options);
  const id = args.shift() ?? "";
  // runc takes `kill --all <id>` and `delete <id> --force` alike; for exec, the rest is the program's
  if (command !== "exec") takeOptions(args, options);
  return { command, id, args, options };
}

function takeOptions(args: string[], options: Record<string, string>) {
  while (args[0]?.startsWith("-")) {
    const [, name = "", value] = /^([^=]+)(?:=(.*))?$/s.exec(args.shift() ?? "") ?? [];
    if (name === "--") return;
    const option = SHORT[name] ?? name.replace(/^-(?=\w\w)/, "--");
    if (option in NOT_DONE) throw new Error(`${option} is not done here: ${NOT_DONE[option]}`);
    if (VALUES.includes(option))
      options[option] = joined(options[option], option, value ?? args.shift());
    else if (FLAGS.includes(option)) options[option] = value ?? "true";
    else throw new Error(`unknown option ${name}: runc's are known`);
  }
}

/** Returns the value of an option. --env may be there many times: NUL bytes are between its values. */
function joined(before: string | undefined, option: string, value: string | undefined): string {
  if (value === undefined) throw new Error(`${option} wants a value: type ${option}=…`);
  return option === "--env" && before !== undefined ? `${before}\0${value}` : value;
}
