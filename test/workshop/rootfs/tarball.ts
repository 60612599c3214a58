import { writeFileSync } from "node:fs";

/** A member of an archive: its name, its type flag, and the target of a link. */
export interface Member {
  name: string;
  /** "0" a file, "1" a hard link, "2" a symbolic link, "4" a block device, "5" a folder. */
  type: "0" | "1" | "2" | "4" | "5";
  link?: string;
  /** The content of the file. */
  text?: string;
}

/** Writes such a tar file. */
export function writeTarball(file: string, members: Member[]): void {
  writeFileSync(file, tarball(members));
}

/**
 * Returns a tar file with names and links that no tar would write. Every device has the numbers of a
 * disk.
 *
 * @see https://man7.org/linux/man-pages/man5/tar.5.html
 */
export function tarball(members: Member[]): Buffer {
  const blocks = members.flatMap((member) => {
    const text = Buffer.from(member.text ?? "");
    return [header(member), text, Buffer.alloc((512 - (text.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function header({ name, type, link = "", text = "" }: Member): Buffer {
  const block = Buffer.alloc(512);
  const put = (text: string, offset: number) => block.write(text, offset, "latin1");
  put(name, 0);
  put("0000755", 100); // mode
  put("0000000", 108); // owner
  put("0000000", 116); // group
  put(Buffer.byteLength(text).toString(8).padStart(11, "0"), 124); // size
  put("00000000000", 136); // time
  put(type, 156);
  put(link, 157);
  put("ustar\x0000", 257);
  put("0000010", 329); // major number
  put("0000000", 337); // minor number
  block.fill(" ", 148, 156); // the checksum counts itself as spaces
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
