import { hasShell } from "../has-shell.ts";
import { decompress } from "../sources/decompress.ts";
import type { Build } from "../sources/source.ts";
import { applyLayer } from "./apply-layer.ts";
import { type Image, readImages } from "./read-image.ts";

/** The names of processors in images, by Node's. */
const ARCHITECTURES: Record<string, string> = { x64: "amd64", arm64: "arm64" };

/**
 * Makes a root of an image, layer by layer.
 *
 * @param folder with the image: an OCI layout, or what `docker save` has packed
 * @param name of where it comes from, for messages
 */
export async function fromImage(folder: string, name: string, build: Build): Promise<void> {
  const { root, nextLayer, signal, progress } = build;
  const { config, layers } = chooseImage(read(folder, name), name);
  for (const [index, file] of layers.entries()) {
    if (index > 0) nextLayer();
    progress.detail(`layer ${index + 1} of ${layers.length}`);
    const [algorithm = "", expected] = config.rootfs?.diff_ids[index]?.split(":") ?? [];
    await decompress(file, signal, async (layer) => {
      const digest = await applyLayer(root, layer, algorithm);
      if (digest !== expected)
        throw new Error(`layer ${index + 1} of ${name} is damaged: get it again`);
    });
  }
  if (!hasShell(root)) throw new Error(`the image in ${name} has no /bin/sh: take another one`);
}

function read(folder: string, name: string): Image[] {
  try {
    const images = readImages(folder);
    for (const { config, layers } of images) {
      if (config.rootfs?.diff_ids.length === layers.length) continue;
      throw new Error("its layers are not those of its configuration");
    }
    return images;
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`the image in ${name} cannot be read: ${message}`, { cause: error });
  }
}

/** Chooses the image for this machine. */
function chooseImage(images: Image[], name: string): Image {
  const machine = `linux/${ARCHITECTURES[process.arch]}`;
  const ours = images.filter(({ config }) => platformOf(config) === machine);
  const [image] = ours;
  if (image !== undefined && ours.length === 1) return image;
  if (ours.length > 1) throw new Error(`${name} has ${ours.length} images: save only one`);
  const others = images.map(({ config }) => platformOf(config)).join(", ") || "nothing";
  throw new Error(`${name} has no image for ${machine}, only for: ${others}: take another one`);
}

function platformOf({ os, architecture }: Image["config"]): string {
  return `${os}/${architecture}`;
}
