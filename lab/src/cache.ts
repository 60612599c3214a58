import { homedir } from "node:os";
import path from "node:path";

/** The folder in which disks are kept: not in the repo, which may be cloned again. */
export const cache = path.join(
  process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"),
  "containers-from-scratch",
);
