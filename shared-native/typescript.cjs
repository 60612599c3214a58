// Loaded first, as `node --import ../../shared-native/typescript.cjs`: lets Node run TypeScript, and
// quickly. CommonJS, as Node takes longer to load modules.
const { statSync } = require("node:fs");
const { enableCompileCache, registerHooks } = require("node:module");
const path = require("node:path");
const { requireInstall } = require("./loader/require-install.cjs");

requireInstall();

// What root makes in somebody's repo is given to that somebody: the caches below, for a start
const isSomebodys = statSync(path.join(__dirname, "..")).uid !== 0;
if (isSomebodys && process.geteuid?.() === 0) {
  require("./loader/give-to-owner.cjs").giveToOwnerAtEnd();
}

// The signal opens Node's debugger on the loopback device, where any user could make this program, which
// is root's, run their code. In a container it comes from inside: the device is the host's.
process.on("SIGUSR1", () => {});
// So does an option in the environment, as editors set it, where a container would inherit it.
if (process.env.NODE_OPTIONS?.includes("--inspect")) require("node:inspector").close();
delete process.env.NODE_OPTIONS;

const cache = path.join(__dirname, "node_modules/.cache");

// Node keeps what it compiled, for as long as the source is the same (from 22.1 on).
enableCompileCache?.(cache);

// Node 22.18 and later read TypeScript as it is; for older ones tsx does it.
if (process.features.typescript) loadFromOneFile();
else require("tsx/esm");

function loadFromOneFile() {
  const { oneFile } = require("./loader/one-file.cjs");
  const url = oneFile(path.join(__dirname, "src"), path.join(cache, "one-file.mjs"));
  if (url === undefined) return;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "shared-native" ? { url, shortCircuit: true } : next(specifier, context),
  });
}
