import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Names a blob in an index or a manifest: its kind, the SHA-256 of its bytes, and how many they are. */
export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

/**
 * Writes a blob of an image: its name is the digest of what is in it.
 *
 * @param folder the image's
 * @see https://github.com/opencontainers/image-spec/blob/main/descriptor.md
 */
export function writeBlob(folder: string, mediaType: string, bytes: Buffer): Descriptor {
  const digest = digestOf(bytes);
  mkdirSync(path.join(folder, "blobs/sha256"), { recursive: true });
  writeFileSync(path.join(folder, blobFile(digest)), bytes);
  return { mediaType, digest, size: bytes.length };
}

/** Returns the place of a blob in the folder of an image. */
export function blobFile(digest: string): string {
  return path.join("blobs", digest.replace(":", "/"));
}

/** Returns the digest of some bytes: "sha256:e3b0c4…". */
export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
