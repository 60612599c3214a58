// The classic breakout: a process that may call chroot is not held by it.
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { chroot } from "shared-native";

const UBUNTU_FS = path.join(import.meta.dirname, "../../ubuntu-fs");

// Go in, as the stages do
chroot(UBUNTU_FS);
process.chdir("/");
lookAround("inside");

// A second root, below the first. We do not follow it, so we are now outside of our root
mkdirSync("/tmp/box", { recursive: true });
chroot("/tmp/box");

// Only the root stops "..", and on our way up we do not meet it
for (let level = 0; level < 32; level++) process.chdir("..");
chroot(".");
lookAround("outside");

function lookAround(where: string) {
  const found = ["/ROOT_OF_CONTAINER", UBUNTU_FS].filter((file) => existsSync(file));
  console.log(`${where}: ${found.join(", ")}`);
}
