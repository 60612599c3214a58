import { runTool } from "./run-tool.ts";

/**
 * Deletes a folder and everything in it, but nothing that is mounted there: in a root, /dev and
 * /proc may be the host's own. (Node's own `rm` would go on into them.)
 */
export async function removeFolder(folder: string): Promise<void> {
  await runTool("rm", ["-rf", "--one-file-system", "--", folder]);
}
