import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { isBelow } from "../../containers/is-below.ts";

/** An image: its layers, the lowest first, and what is known about them. */
export interface Image {
  config: Config;
  /** Their files. */
  layers: string[];
}

interface Config {
  os?: string;
  architecture?: string;
  rootfs?: { /** The digests of the layers when they are decompressed. */ diff_ids: string[] };
}

/** An entry of an OCI index: an image, another index, or something else. */
interface Descriptor {
  digest: string;
}

/** A file that an index or a manifest of the OCI is in. */
interface Content {
  manifests?: Descriptor[];
  config?: Descriptor;
  layers?: Descriptor[];
}

/** Tells whether a folder has what `docker save` packs, or is an OCI layout. */
export function isImage(folder: string): boolean {
  return ["manifest.json", "index.json"].some((name) => existsSync(join(folder, name)));
}

/**
 * Reads what a folder with images tells about them.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export function readImages(folder: string): Image[] {
  // `docker save` writes its own file beside the OCI's, as it did before there was one
  if (existsSync(join(folder, "manifest.json"))) return imagesOfDocker(folder);
  const images = contents(folder, readJson<Content>(folder, "index.json"));
  return [...new Map(images.map((image) => [image.layers.join(), image])).values()];
}

function imagesOfDocker(folder: string): Image[] {
  const manifests = readJson<{ Config: string; Layers: string[] }[]>(folder, "manifest.json");
  if (!Array.isArray(manifests)) throw new Error("its manifest.json is not that of docker save");
  return manifests.map(({ Config, Layers }) => ({
    config: readJson(folder, Config),
    layers: Layers.map((layer) => fileIn(folder, layer)),
  }));
}

function contents(folder: string, { manifests = [], config, layers = [] }: Content): Image[] {
  // An index may list what was left out, such as images for other machines
  const listed = manifests.filter(({ digest }) => existsSync(join(folder, blob(digest))));
  const nested = listed.flatMap(({ digest }) => contents(folder, readJson(folder, blob(digest))));
  if (config === undefined) return nested;
  const image = {
    config: readJson<Config>(folder, blob(config.digest)),
    layers: layers.map(({ digest }) => fileIn(folder, blob(digest))),
  };
  // Signatures and lists of contents look like images, but are for no machine
  return image.config.os === undefined || image.config.os === "unknown" ? nested : [image];
}

function blob(digest: string): string {
  return join("blobs", digest.replace(":", "/"));
}

function readJson<T>(folder: string, name: string): T {
  return JSON.parse(readFileSync(fileIn(folder, name), "utf8"));
}

/** Returns the path of a file of the image: names and links may lead anywhere. */
function fileIn(folder: string, name: string): string {
  const file = realpathSync(join(folder, name));
  if (!isBelow(file, realpathSync(folder))) throw new Error(`${name} leads out of it`);
  return file;
}
