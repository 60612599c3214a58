import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { ubuntuFs } from "host";

/** Lends a path that no file has, in a container and in the image. Some code writes to the image indeed. */
export async function withNewFile(
  look: (file: string, inImage: string) => Promise<void>,
): Promise<void> {
  const file = `/written-${randomUUID()}`;
  const inImage = path.join(ubuntuFs, file);
  try {
    await look(file, inImage);
  } finally {
    rmSync(inImage, { force: true });
  }
}
