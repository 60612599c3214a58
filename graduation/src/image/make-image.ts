import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { packLayer } from "./pack-layer.ts";
import { blobFile, type Descriptor, digestOf, writeBlob } from "./write-blob.ts";

/** An image on the disk. */
export interface Image {
  /** The name that engines know it by. */
  name: string;
  /** Its folder, an OCI layout. */
  folder: string;
  /** The same, packed, for engines to load. */
  archive: string;
  manifest: Descriptor;
  layer: Descriptor;
}

const NAME = "localhost/ubuntu-fs:latest";
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64" };
const kind = (name: string) => `application/vnd.oci.image.${name}`;

/**
 * Makes an image of a root file system: one layer, what to start in it, and what holds the two together.
 *
 * @param root such as ubuntu-fs
 * @param folder where to make it
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export function makeImage(root: string, folder: string): Image {
  mkdirSync(folder, { recursive: true });
  const tar = packLayer(root);
  const layer = writeBlob(folder, kind("layer.v1.tar+gzip"), gzipSync(tar, { level: 1 }));
  const config = writeJson(folder, kind("config.v1+json"), {
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
    os: "linux",
    config: { Cmd: ["/bin/bash"], Env: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"] },
    rootfs: { type: "layers", diff_ids: [digestOf(tar)] }, // the layer's digest before gzip
  });
  const manifest = writeJson(folder, kind("manifest.v1+json"), {
    schemaVersion: 2,
    mediaType: kind("manifest.v1+json"),
    config,
    layers: [layer],
  });
  const annotations = {
    "org.opencontainers.image.ref.name": "latest",
    "io.containerd.image.name": NAME,
  };
  writeFile(folder, "oci-layout", { imageLayoutVersion: "1.0.0" });
  writeFile(folder, "index.json", { schemaVersion: 2, manifests: [{ ...manifest, annotations }] });
  // Docker's own list of contents, older than the OCI's: `docker load` looks for it
  writeFile(folder, "manifest.json", [
    { Config: blobFile(config.digest), RepoTags: [NAME], Layers: [blobFile(layer.digest)] },
  ]);
  const archive = `${folder}.tar`;
  execFileSync("tar", ["--create", "--file", archive, "--directory", folder, "."]);
  return { name: NAME, folder, archive, manifest, layer };
}

function writeJson(folder: string, mediaType: string, content: object): Descriptor {
  return writeBlob(folder, mediaType, Buffer.from(JSON.stringify(content)));
}

function writeFile(folder: string, name: string, content: object): void {
  writeFileSync(path.join(folder, name), JSON.stringify(content));
}
