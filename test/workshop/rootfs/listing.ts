import { run } from "host";

/** Lists every path below a folder, with its type, mode, owner, size and what it links to. */
export async function listing(folder: string): Promise<string[]> {
  const format = "%P %y %m %U:%G %l %n\n";
  const { stdout } = await run(["find", folder, "-printf", format]);
  return stdout.split("\n").sort();
}
