const {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

/**
 * Puts the modules of a folder into one file, which Node loads faster than twenty. Its last line holds
 * the sources that it was made of: once one of them differs, it is made anew.
 *
 * @param {string} folder with the entry, index.ts
 * @param {string} file the one file
 * @returns {string | undefined} its URL, or none when it cannot be made: Node then loads the sources
 *   one by one, and says what is wrong with them
 */
exports.oneFile = (folder, file) => {
  const sources = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]);
  // In base64, as V8 reads a file faster that is all ASCII
  const lastLine = `//${Buffer.from(JSON.stringify(sources)).toString("base64")}\n`;
  if (!isFresh(file, lastLine) && !make(folder, file, lastLine)) return undefined;
  return pathToFileURL(file).href;
};

function isFresh(file, lastLine) {
  try {
    return readFileSync(file, "latin1").endsWith(lastLine);
  } catch {
    return false; // it is not there
  }
}

function make(folder, file, lastLine) {
  // Others may be reading the file, or making it: it comes to its place whole, in one step.
  const part = `${file}.${process.hrtime.bigint()}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(part, ""); // fails where nothing can be kept, before any work is done
    writeFileSync(part, build(folder, file) + lastLine);
    renameSync(part, file);
    return true;
  } catch {
    rmSync(part, { force: true });
    return false;
  }
}

function build(folder, file) {
  // A thread of esbuild's own would still be there when spawn() moves into new namespaces
  process.env.ESBUILD_WORKER_THREADS = "0";
  const { buildSync } = require("esbuild"); // only here: it takes time to load
  delete process.env.ESBUILD_WORKER_THREADS;
  const { outputFiles } = buildSync({
    entryPoints: [path.join(folder, "index.ts")],
    outfile: file,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    sourcemap: "inline",
    sourcesContent: false,
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0].text;
}
