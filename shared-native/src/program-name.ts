import path from "node:path";

/** The name of the package that is running: "03-pid-mnt-chroot" for …/03-pid-mnt-chroot/src/main.ts. */
export function programName(): string {
  return path.basename(path.resolve(process.argv[1] ?? "", "../.."));
}
