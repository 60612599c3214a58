/**
 * Returns a command line that runs another in a new terminal: its own input and output are what is typed
 * and shown there.
 */
export function inTerminal(command: string[]): string[] {
  const line = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const script = ["script", "--quiet", "--return", "--command", line, "/dev/null"];
  return ["env", "SHELL=/bin/sh", ...script];
}
