const { constants, copyFileSync, lchownSync, lstatSync, renameSync } = require("node:fs");
const { flushCompileCache } = require("node:module");
const path = require("node:path");
const { madeByRoot } = require("./made-by-root.cjs");

/**
 * Gives what root has made in somebody's repo to that somebody, who could otherwise neither change nor
 * delete it, and so install nothing more.
 *
 * @param {RegExp} [skipped] the names of files and folders to leave out
 * @returns {number} the number of files and folders that were given
 */
exports.giveToOwner = (skipped) => {
  let count = 0;
  for (const file of madeByRoot(skipped)) {
    try {
      give(file);
      count++;
    } catch {
      // It has just been deleted, or its file system has no owners.
    }
  }
  return count;
};

/** Does so when this program ends, except for packages: they are many, and given by pnpm's postinstall. */
exports.giveToOwnerAtEnd = () => {
  if (process.geteuid?.() !== 0) return;
  process.on("exit", () => {
    flushCompileCache?.(); // Node would write it after this
    exports.giveToOwner(/^\.?pnpm$/);
  });
};

/**
 * Lists what root has made in somebody's repo, and what hinders that somebody.
 *
 * @returns {string[]} nothing, if the repo is root's own
 */
exports.filesOfRoot = () => {
  // Without pnpm's notes: it makes some when our program has ended, and can replace them. And without what
  // this program itself has in its cache, if it is root's: it gives that away at its end.
  return [...madeByRoot(process.geteuid?.() === 0 ? /^\.(pnpm-|cache$)/ : /^\.pnpm-/)];
};

function give(file) {
  const { uid, gid } = lstatSync(path.join(__dirname, "../.."));
  const stat = lstatSync(file);
  if (stat.isFile() && stat.nlink > 1) {
    // Its other name is in pnpm's store, from where it gets into other repos: the owner has a copy.
    copyFileSync(file, `${file}.copy`, constants.COPYFILE_FICLONE);
    renameSync(`${file}.copy`, file);
  }
  lchownSync(file, uid, gid);
}

// After an install, as the postinstall of the repo
if (require.main === module && process.geteuid?.() === 0) exports.giveToOwner();
