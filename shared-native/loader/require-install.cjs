const { accessSync, constants, existsSync, statSync } = require("node:fs");
const path = require("node:path");

const repo = path.join(__dirname, "../..");

/**
 * Ends this program with one line where nothing that it needs is installed, or can be started: pnpm also
 * starts a script when the install before it has failed.
 */
exports.requireInstall = () => {
  // The Node that the install brings along is missing when the disk was full, and may not be started on a
  // mount with noexec. The shell has then found another one.
  const node = path.join(repo, "node_modules/.bin/node");
  const bringsNode = process.platform === "linux";
  const isInstalled = [process.cwd(), packageFolder()].some((folder) =>
    existsSync(path.join(folder, "node_modules/shared-native")),
  );
  if (!isInstalled || (bringsNode && !existsSync(node))) {
    const reason = isLocked()
      ? 'node_modules belongs to root: type "sudo env PATH=$PATH pnpm workshop clean"'
      : 'nothing is installed here: see above, then type "npx -y pnpm@12 install"';
    console.error(reason);
    process.exit(1);
  }
  if (bringsNode && !isExecutable(node)) {
    console.error(
      'this disk has noexec: copy the repo to another, then type "npx -y pnpm@12 install"',
    );
    process.exit(1);
  }
};

/** Finds the package whose program is started: an engine is in a folder of its own when it starts stage 13. */
function packageFolder() {
  let folder = path.dirname(path.resolve(process.argv[1] ?? "typed after -e"));
  while (folder !== "/" && !existsSync(path.join(folder, "package.json"))) {
    folder = path.dirname(folder);
  }
  return folder;
}

/** Tells whether an install of root's hinders the one who owns the repo. */
function isLocked() {
  const modules = statSync(path.join(repo, "node_modules"), { throwIfNoEntry: false });
  return statSync(repo).uid !== 0 && process.geteuid?.() !== 0 && modules?.uid === 0;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK); // where the mount has noexec, also root may not
    return true;
  } catch {
    return false;
  }
}
