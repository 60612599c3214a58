import { runTool } from "./run-tool.ts";

/** File systems of other operating systems and machines, such as the folders a VM shares. */
const FOREIGN = /^(9p|cifs|drvfs|exfat|fuse|hostfs|nfs|ntfs|prl_fs|smb|vboxsf|vfat|vmhgfs)/;

/** @throws {Error} when a folder's file system cannot hold a root: devices, programs, root's files */
export async function checkFileSystem(folder: string, inLayers: boolean): Promise<void> {
  const columns = "--output=FSTYPE,OPTIONS";
  const mounts = await runTool("findmnt", ["--noheadings", columns, "--target", folder]).catch(
    () => {
      return []; // in a chroot, the mount that it is on may not be known
    },
  );
  const [type = "", options = ""] = mounts[0]?.split(/ +/) ?? [];
  const flaw = options.split(",").find((option) => /^(nodev|noexec|ro)$/.test(option));
  const isFit = !FOREIGN.test(type) && !(inLayers && type === "overlay"); // no whiteouts there
  const reason = !isFit ? `is on ${type}` : flaw && `is mounted with ${flaw}`;
  if (reason) throw new Error(`${folder} ${reason}: put this repo on a plain Linux disk`);
}
