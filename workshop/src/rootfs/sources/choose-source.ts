import { readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fromImage } from "../image/from-image.ts";
import { isImage } from "../image/read-image.ts";
import { fromArchive } from "./from-archive.ts";
import { fromDebootstrap } from "./from-debootstrap.ts";
import { fromDocker } from "./from-docker.ts";
import { fromHost } from "./from-host.ts";
import type { Source } from "./source.ts";

/** The sources, by the word after --from. */
const SOURCES = new Map(Object.entries({ host, docker, debootstrap }));

/**
 * Finds the source that the command line names; anything with a dot or a slash is a path.
 *
 * @param folder where a path starts
 * @throws {Error} when there is no such source, or it cannot be had in that suite
 */
export function chooseSource(from: string, suite: string | undefined, folder: string): Source {
  if (suite !== undefined && !/^\w[\w.-]*$/.test(suite)) {
    throw new Error(`--suite ${suite}: a release is a name or number, such as noble or 24.04`);
  }
  const isPath = /[./]/.test(from);
  const source = isPath ? archive(resolve(folder, from), suite) : SOURCES.get(from)?.(suite);
  if (!source) throw new Error(`--from ${from}: choose host, docker, debootstrap, or a .tar file`);
  return source;
}

function host(suite?: string): Source {
  refuse(suite);
  return { name: "this host", fill: fromHost };
}

function docker(suite = "22.04"): Source {
  const image = `ubuntu:${suite}`;
  return { name: `Docker's ${image}`, fill: (build) => fromDocker(image, build) };
}

function debootstrap(suite = hostSuite()): Source {
  return { name: `debootstrap ${suite}`, fill: (build) => fromDebootstrap(suite, build) };
}

function archive(file: string, suite?: string): Source {
  refuse(suite);
  const name = basename(file);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile()) return { name, fill: (build) => fromArchive(file, build) };
  if (stat && isImage(file)) return { name, fill: (build) => fromImage(file, name, build) };
  if (!stat) throw new Error(`--from ${file}: no such file`);
  const pack = `tar -C ${file} -cf root.tar .`;
  throw new Error(`--from ${file}: not a file, and no OCI layout. If it is a root, type "${pack}"`);
}

function refuse(suite?: string): void {
  if (suite !== undefined) throw new Error("--suite is for --from docker or --from debootstrap");
}

function hostSuite(): string {
  const release = readFileSync("/etc/os-release", "utf8");
  const name = /^VERSION_CODENAME=(\w+)/m.exec(release)?.[1];
  if (!name) throw new Error("this host has no release name: add one, such as --suite bookworm");
  return name;
}
