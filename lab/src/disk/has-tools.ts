import { existsSync } from "node:fs";
import path from "node:path";
import { repo } from "host";

/** Tells whether this is a developer's clone: its disks have the tests' packages, too. */
export const hasTools = existsSync(path.join(repo, "test/node_modules/.modules.yaml"));
