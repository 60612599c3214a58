import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Member, tarball } from "./tarball.ts";

/** The name that images have for this machine's processor. */
const ARCHITECTURE = process.arch === "x64" ? "amd64" : process.arch;

/** An image that is to be written. */
export interface Draft {
  /** Its layers, the lowest first: what is in them, or the archive itself. */
  layers: (Member[] | Buffer)[];
  os?: string;
  architecture?: string;
  /** Compresses a layer. */
  compress?: (layer: Buffer) => Buffer;
}

/** Writes images as an OCI layout. */
export function writeLayout(folder: string, ...drafts: Draft[]): void {
  const manifests = drafts.map((draft) => {
    const { config, layers } = parts(draft);
    const [first = config, ...others] = [config, ...layers].map((part) => blob(folder, part));
    return blob(folder, json({ schemaVersion: 2, config: first, layers: others }));
  });
  writeFileSync(path.join(folder, "oci-layout"), json({ imageLayoutVersion: "1.0.0" }));
  writeFileSync(path.join(folder, "index.json"), json({ schemaVersion: 2, manifests }));
}

/** Writes images as `docker save` puts them into its archive. */
export function writeSaved(folder: string, ...drafts: Draft[]): void {
  const images = drafts.map((draft, image) => {
    const { config, layers } = parts(draft);
    const names = layers.map((layer, index) => {
      const name = `${image}-${index}/layer.tar`;
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), layer);
      return name;
    });
    writeFileSync(path.join(folder, `${image}.json`), config);
    return { Config: `${image}.json`, RepoTags: [`image:${image}`], Layers: names };
  });
  writeFileSync(path.join(folder, "manifest.json"), json(images));
}

function parts({ layers, compress = (layer) => layer, ...platform }: Draft) {
  const archives = layers.map((each) => (Buffer.isBuffer(each) ? each : tarball(each)));
  const rootfs = { type: "layers", diff_ids: archives.map(digest) };
  const config = json({ os: "linux", architecture: ARCHITECTURE, ...platform, rootfs });
  return { config, layers: archives.map(compress) };
}

function blob(folder: string, content: Buffer) {
  const file = path.join(folder, "blobs", digest(content).replace(":", "/"));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return { digest: digest(content), size: content.length };
}

function digest(content: Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
