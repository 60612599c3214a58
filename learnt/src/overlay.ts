import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { mount, removeTreeAtEnd } from "shared-native";

/** At the root of the repo; `pnpm rootfs` makes it. */
const UBUNTU_FS = path.join(import.meta.dirname, "../../ubuntu-fs");

/** Images of several layers, beside it: `pnpm rootfs --layers` makes them. */
const IMAGES = path.join(import.meta.dirname, "../../images");

/** The folder for what containers write, as long as they run. */
const CONTAINERS = "/var/tmp";

/** Makes two empty directories: in the one is what the container writes, and the kernel works in the other. */
export function makeDirectory(name: string): string {
  const directory = path.join(CONTAINERS, name);
  // Whatever becomes of run(), it is removed
  removeTreeAtEnd(directory);
  // For root only: the container may make programs that give root's rights to whoever starts them
  mkdirSync(directory, { mode: 0o700 });
  for (const each of ["upper", "work"]) mkdirSync(path.join(directory, each));
  // It becomes the container's /, which is for all users, whatever our umask is
  chmodSync(path.join(directory, "upper"), 0o755);
  return directory;
}

/** Lays an empty directory over an image, which stays as it is: all changes go there. */
export function mountOverlay(directory: string, name: string | undefined, flags: number) {
  const image = name ? path.resolve(IMAGES, name) : UBUNTU_FS;
  // The topmost layer comes first
  const layers = name ? readdirSync(image).sort().reverse() : ["."];
  // With relative paths, as ":" and "," have a meaning in the options
  process.chdir(image);
  const data = `lowerdir=${layers.join(":")},upperdir=${directory}/upper,workdir=${directory}/work`;
  // It is a mount, as a root has to be. It covers the image itself, but in this mount namespace only
  mount("overlay", image, "overlay", flags, data);
  process.chdir(image);
}
