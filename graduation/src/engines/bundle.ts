import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { unpackImage } from "../image/unpack-image.ts";
import { ask } from "./ask.ts";
import type { Engine, Place } from "./engine.ts";
import { PROBE, probe } from "./probe.ts";

/** Runtimes run a bundle, without an engine: the image's files, and a config.json. */
export const bundle: Engine = {
  name: "bundle",
  async run(place) {
    const made = await makeBundle(place);
    const seen = new Set<string>();
    for (const runtime of ["runc", "crun", place.runtime]) {
      seen.add(await probe(runtime, "run", "--bundle", made, `by-${path.basename(runtime)}`));
    }
    return `runc, crun and your runtime run it alike: ${[...seen].join("; ")}`;
  },
};

/** Makes a bundle. Its config.json is the one that runc proposes, with another command. */
async function makeBundle({ image, folder }: Place): Promise<string> {
  const made = path.join(folder, "bundle");
  mkdirSync(made);
  unpackImage(image, path.join(made, "rootfs"));
  await ask("runc", "spec", "--bundle", made);
  const file = path.join(made, "config.json");
  const config = JSON.parse(readFileSync(file, "utf8"));
  config.process.terminal = false;
  config.process.args = PROBE;
  writeFileSync(file, JSON.stringify(config));
  return made;
}
