// In the machine, as root: main.ts <runtime> <engine…>. Prints a line for each.
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { engines } from "../engines/index.ts";
import { makeImage } from "../image/make-image.ts";
import { noteCalls } from "./note-calls.ts";

const FOLDER = "/run/graduation";

const [runtime = "", ...names] = process.argv.slice(2);
if (runtime.includes("/") && !existsSync(runtime)) {
  console.error(`graduate: ${runtime} is not in the machine: put the runtime into the repo`);
  process.exit(1);
}
mkdirSync(FOLDER);
const noted = noteCalls(runtime, FOLDER);
const image = makeImage(path.join(repo, "ubuntu-fs"), path.join(FOLDER, "image"));
for (const { name, run } of engines.filter(({ name }) => names.includes(name))) {
  try {
    const seen = await run({ runtime: noted.file, image, folder: FOLDER });
    const calls = noted.calls();
    const called = calls.length > 0 ? ` (called: ${calls.join(", ")})` : "";
    console.log(`${name.padEnd(10)} ${seen}${called}`);
  } catch (error) {
    console.error(`${name.padEnd(10)} ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
process.exit(); // the daemons end with the machine
