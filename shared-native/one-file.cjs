const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

/**
 * Puts a module, and what it imports of this package, into one file, which Node loads in half the
 * time. The file ends with the sources that it was made of: once one of them differs, it is made anew.
 *
 * @param {string} entry the module
 * @param {string} file the one file
 * @returns {string | undefined} its URL, or none when it cannot be made: Node then loads the sources
 *   one by one, and says what is wrong with them
 */
exports.oneFile = (entry, file) => {
  if (isFresh(file) || make(entry, file)) return pathToFileURL(file).href;
  return undefined;
};

const MADE_OF = "\n// made of ";

function isFresh(file) {
  try {
    const text = readFileSync(file, "utf8");
    const { sources, sourcesContent } = JSON.parse(text.split(MADE_OF)[1]);
    return sources.every((source, i) => {
      return readFileSync(path.join(file, "..", source), "utf8") === sourcesContent[i];
    });
  } catch {
    return false; // one of the files is not there, or not whole
  }
}

function make(entry, file) {
  // Others may be reading the file, or making it: it comes to its place whole, in one step.
  const part = `${file}.${process.hrtime.bigint()}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(part, ""); // fails where nothing can be kept, before any work is done
    const [map, code] = build(entry, file);
    writeFileSync(part, code.text + MADE_OF + map.text.replaceAll("\n", ""));
    renameSync(part, file);
    return true;
  } catch {
    rmSync(part, { force: true });
    return false;
  }
}

function build(entry, file) {
  const { buildSync } = require("esbuild"); // only here: it takes time to load
  return buildSync({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    sourcemap: "external", // it holds the sources as they were read
    write: false,
    logLevel: "silent",
  }).outputFiles;
}
