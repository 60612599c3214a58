import { homedir } from "node:os";
import path from "node:path";

/** Where disks are kept: not in the repo, which may be cloned anew. */
export const cache = path.join(
  process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"),
  "containers-from-scratch",
);
