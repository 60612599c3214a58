import { equal, match } from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openHost, run } from "host";
import type { TestProject } from "vitest/node";
import { layOverRepo } from "../../kit/lay-over-repo.ts";
import { commitAll } from "./commit-all.ts";
import { packCommand } from "./pack-command.ts";

/** All that the tests of packs share, as it takes minutes to make. */
export interface Room {
  /** The pack, without a lab. */
  pack: string;
  /** Fresh installations of Debian: the smallest one, and one with Node, curl and wget. */
  bare: string;
  withNode: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    room: Room;
  }
}

const folder = mkdtempSync(path.join(tmpdir(), "room-"));
const room: Room = {
  pack: path.join(folder, "pack"),
  bare: path.join(folder, "bare"),
  withNode: path.join(folder, "with-node"),
};

/** Makes a pack, and machines to try it on: downloads some 300 MB. Vitest calls it before all tests. */
export async function setup(project: TestProject): Promise<void> {
  try {
    await Promise.all([
      makePack(),
      makeMachine(room.bare),
      makeMachine(room.withNode, "--include=nodejs,curl,wget"),
    ]);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide("room", room);
}

/** Deletes them. Vitest calls it after all tests. */
export async function teardown(): Promise<void> {
  await run(["rm", "-rf", "--one-file-system", folder]);
}

async function makePack(): Promise<void> {
  const host = await openHost();
  try {
    await layOverRepo(host);
    await commitAll(host);
    const [file = "", ...args] = packCommand(folder, "pack", "--lab", "none");
    const made = await host.run(file, ...args);
    equal(made.status, 0, made.stderr);
    match(made.stdout, /^( {2}\S+ +\d+\.\d MB\n)+ {2}all of it +\d+\.\d MB, made in \d+ s\n/);
  } finally {
    await host.close();
  }
}

async function makeMachine(root: string, ...options: string[]): Promise<void> {
  const make = ["mmdebstrap", "--quiet", "--variant=minbase", ...options, "bookworm", root];
  const { status, stderr } = await run(make);
  equal(status, 0, stderr);
}
