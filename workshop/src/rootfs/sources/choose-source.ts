import { readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fromDebootstrap } from "./from-debootstrap.ts";
import { fromDocker } from "./from-docker.ts";
import { fromHost } from "./from-host.ts";
import { fromTar } from "./from-tar.ts";
import type { Source } from "./source.ts";

/** The sources, by the word after --from. */
const SOURCES = new Map(Object.entries({ host, docker, debootstrap }));

/**
 * Finds the source that the command line names; anything with a dot or a slash is a tar file.
 *
 * @param folder where the path of a tar file starts
 * @throws {Error} when there is no such source, or it cannot be had in that suite
 */
export function chooseSource(from: string, suite: string | undefined, folder: string): Source {
  if (suite !== undefined && !/^\w[\w.-]*$/.test(suite)) {
    throw new Error(`--suite ${suite}: a release is a name or number, such as noble or 24.04`);
  }
  const isFile = /[./]/.test(from);
  const source = isFile ? tar(resolve(folder, from), suite) : SOURCES.get(from)?.(suite);
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

function tar(file: string, suite?: string): Source {
  refuse(suite);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new Error(`--from ${file}: ${stat ? "not a file" : "no such file"}`);
  return { name: basename(file), fill: (build) => fromTar(file, build) };
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
