import { mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Command, Option } from "commander";
import { interruption, rootlessFs, startProgress, ubuntuFs } from "host";
import { requireLinux } from "../requirements/require-linux.ts";
import { requireRootUser } from "../requirements/require-root-user.ts";
import { hasDevices, isRootFileSystem } from "../requirements/root-file-system.ts";
import { makeRoot } from "../rootfs/make-root.ts";
import { chooseSource } from "../rootfs/sources/choose-source.ts";
import type { Source } from "../rootfs/sources/source.ts";
import type { Shape } from "../stages/shape.ts";

const IMAGES = join(import.meta.dirname, "../../../images");

interface Options {
  from: string;
  suite?: string;
  to: string;
  layers?: string;
  ifMissing: boolean;
}

/** Describes `pnpm rootfs`, which makes the root file system that the stages' containers live in. */
export function rootfsCommand(): Command {
  return new Command("rootfs")
    .description("Makes ubuntu-fs/, the root file system of the containers.")
    .option("--from <source>", "host, docker, debootstrap, an archive, or an OCI layout", "host")
    .option("--suite <release>", "what docker or debootstrap fetch, such as 24.04 or noble")
    .addOption(new Option("--to <folder>", "where to make it").default(ubuntuFs, "ubuntu-fs"))
    .addOption(
      new Option("--layers <name>", "make images/<name> instead, each layer apart").conflicts("to"),
    )
    .option("--if-missing", "leave a root that is there as it is", false)
    .action(rootfs);
}

async function rootfs({ from, suite, to, layers, ifMissing }: Options): Promise<void> {
  requireLinux();
  // pnpm starts us in workshop/; relative paths are meant from where the user is.
  const folder = process.env.INIT_CWD ?? "";
  const target = layers === undefined ? resolve(folder, to) : imageFolder(layers);
  const source = chooseSource(from, suite, folder);
  if (ifMissing && hasDevices(target)) return;
  requireRootUser();
  if (layers !== undefined) mkdirSync(IMAGES, { recursive: true });
  await make(target, source, ifMissing, interruption(), layers !== undefined);
}

/** @throws {Error} for a name that cannot be one of several in the options of a mount */
function imageFolder(name: string): string {
  if (/^\w[\w.-]*$/.test(name)) return join(IMAGES, name);
  throw new Error(
    `--layers ${name}: a name has letters, digits, dots and hyphens, such as debian-12`,
  );
}

/** Makes the root of a stage's containers when there is none, as the stage does when it starts. */
export async function ensureRootfs({ root }: Shape, signal: AbortSignal): Promise<void> {
  // That of a user has no devices, and none are needed
  const [target, isThere] =
    root === "rootless-fs" ? [rootlessFs, isRootFileSystem] : [ubuntuFs, hasDevices];
  if (!isThere(target)) await make(target, chooseSource("host", undefined, ""), true, signal);
}

async function make(
  target: string,
  source: Source,
  ifMissing: boolean,
  signal: AbortSignal,
  inLayers = false,
): Promise<void> {
  const progress = startProgress();
  try {
    const made = await makeRoot(target, source, { ifMissing, inLayers, signal, progress });
    progress.end(`${basename(target)}: ${made}`);
  } finally {
    progress.end();
  }
}
