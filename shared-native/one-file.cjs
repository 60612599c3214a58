const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

/**
 * Puts a module, and what it imports of this package, into one file, which Node loads faster
 * than thirty. Its source map holds the sources that it was made of: once one of them differs, it is made anew.
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

const SOURCE_MAP = "//# sourceMappingURL=data:application/json;base64,";

function isFresh(file) {
  const folder = path.dirname(file);
  try {
    const [, map] = readFileSync(file, "utf8").split(SOURCE_MAP);
    const { sources, sourcesContent } = JSON.parse(Buffer.from(map, "base64").toString());
    return sources.every((source, i) => {
      // Not path.join: for all the sources it takes longer than reading them
      return readFileSync(`${folder}/${source}`, "utf8") === sourcesContent[i];
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
    writeFileSync(part, build(entry, file));
    renameSync(part, file);
    return true;
  } catch {
    rmSync(part, { force: true });
    return false;
  }
}

function build(entry, file) {
  // A thread of esbuild's own would still be there when spawn() moves into new namespaces
  process.env.ESBUILD_WORKER_THREADS = "0";
  const { buildSync } = require("esbuild"); // only here: it takes time to load
  delete process.env.ESBUILD_WORKER_THREADS;
  const folder = path.dirname(file);
  const { outputFiles, metafile } = buildSync({
    entryPoints: [entry],
    outfile: file,
    absWorkingDir: folder,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    sourcemap: "external",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const [map, code] = outputFiles.map(({ text }) => text);
  return `${code}${SOURCE_MAP}${withAll(JSON.parse(map), metafile.inputs, folder)}`;
}

/** Adds to a source map the sources that it leaves out, as they only export what others have. */
function withAll({ sources, sourcesContent, ...map }, inputs, folder) {
  const others = Object.keys(inputs).filter((input) => !sources.includes(input));
  const contents = others.map((other) => readFileSync(path.join(folder, other), "utf8"));
  const all = {
    ...map,
    sources: [...sources, ...others],
    sourcesContent: [...sourcesContent, ...contents],
  };
  return Buffer.from(JSON.stringify(all)).toString("base64");
}
