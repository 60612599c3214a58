// Loaded first, as `node --import shared-native/typescript`: lets Node run TypeScript, and quickly.
import module from "node:module";
import { fileURLToPath } from "node:url";

// Node keeps what it compiled, for as long as the source is the same (from 22.1 on).
module.enableCompileCache?.(fileURLToPath(new URL("../node_modules/.cache/node", import.meta.url)));

// Node 22.18 and later read TypeScript as it is; for older ones tsx does it.
if (!process.features.typescript) await import("tsx");
