import { rmdirSync } from "./fs.ts";

/** In milliseconds, growing; together about five seconds. */
const DELAYS = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560];

/**
 * Removes a cgroup. It is busy until the last of its dying processes is gone, so this tries again.
 *
 * @param directory the cgroup
 * @throws {Error} `EBUSY` when processes live in it after five seconds
 */
export async function removeCgroup(directory: string): Promise<void> {
  for (const delay of DELAYS) {
    try {
      rmdirSync(directory);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EBUSY") throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
  rmdirSync(directory);
}
