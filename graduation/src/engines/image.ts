import { ask } from "./ask.ts";
import type { Engine } from "./engine.ts";

/** Others read the image that was made by hand. */
export const image: Engine = {
  name: "image",
  async run({ image: { folder, manifest } }) {
    const { Digest, Os, Architecture, Layers } = JSON.parse(
      await ask("skopeo", "inspect", `oci:${folder}`),
    );
    if (Digest !== manifest.digest)
      throw new Error(`skopeo says ${Digest}, not ${manifest.digest}`);
    return `skopeo reads it: ${Os}/${Architecture}, ${Layers.length} layer, ${Digest.slice(0, 19)}`;
  },
};
