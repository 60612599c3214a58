const { lstatSync, readdirSync } = require("node:fs");
const path = require("node:path");

const repo = path.join(__dirname, "../..");

/** The places in the repo where something is made, beside node_modules. Not ubuntu-fs and images: the owners in them are a container's. */
const IN_REPO = [
  "bench/build",
  "docs/.vitepress/cache",
  "docs/.vitepress/dist",
  "docs/public/recordings",
  "live/.course",
  "pnpm-lock.yaml",
  "practice/board.json",
  "practice/joined.json",
  "practice/progress.json",
  "rootless-fs",
  "steps/13-oci/bundle/config.json",
  "test/pnpm-lock.yaml",
  "test/steps/faults/outcome.md",
];

/** Folders in the repo that are given without what is in them: its root's owners are a container's. */
const FOLDERS = ["steps/13-oci/bundle"];

/** Places in a home: sudo may keep HOME as it was, for root to fill the user's own caches. */
const IN_HOME = [
  ".cache/containers-from-scratch",
  ".cache/pnpm",
  ".local/share/pnpm",
  ".local/state/pnpm",
];

/**
 * Finds what root has made, and still owns, in somebody's repo or home.
 *
 * @param {RegExp} [skipped] the names of files and folders to leave out
 * @returns {Generator<string>} nothing if the repo is root's own, or not there, as in a chroot
 */
exports.madeByRoot = function* (skipped) {
  const owner = statOf(repo)?.uid ?? 0;
  if (owner === 0) return;
  for (const folder of ["", "practice", "steps"]) {
    for (const name of ["", ...entriesOf(path.join(repo, folder))]) {
      yield* ownedByRoot(path.join(repo, folder, name, "node_modules"), skipped);
    }
  }
  for (const place of IN_REPO) yield* ownedByRoot(path.join(repo, place), skipped);
  for (const place of FOLDERS) {
    if (statOf(path.join(repo, place))?.uid === 0) yield path.join(repo, place);
  }

  const home = process.env.HOME ?? "";
  if (statOf(home)?.uid !== owner) return;
  for (const place of IN_HOME) {
    for (let folder = path.dirname(place); folder !== "."; folder = path.dirname(folder)) {
      if (statOf(path.join(home, folder))?.uid === 0) yield path.join(home, folder);
    }
    yield* ownedByRoot(path.join(home, place), skipped);
  }
};

function* ownedByRoot(file, skipped) {
  if (skipped?.test(path.basename(file))) return;
  const stat = statOf(file);
  if (stat?.uid === 0) yield file;
  if (!stat?.isDirectory()) return;
  for (const name of entriesOf(file)) yield* ownedByRoot(path.join(file, name), skipped);
}

function statOf(file) {
  try {
    return lstatSync(file);
  } catch {
    return undefined; // it is not there, or not to be seen
  }
}

function entriesOf(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return []; // the same
  }
}
