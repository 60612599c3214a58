import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openHost, repo, run } from "host";
import { expect } from "vitest";
import { layOverRepo } from "../../kit/lay-over-repo.ts";
import { COMMIT } from "./open-clone.ts";
import { packCommand } from "./pack-command.ts";

/** What the tests of a room share, as it takes minutes to make. */
export interface Room {
  /** The pack, with the lab of this computer's architecture if that was asked for. */
  pack: string;
  /** Fresh installations of Debian: the smallest one, and one with Node, curl and wget. */
  bare: string;
  withNode: string;
  close(): Promise<void>;
}

/** Makes a pack and machines without a network, with one: downloads some 300 MB. */
export async function openRoom(): Promise<Room> {
  const folder = mkdtempSync(path.join(tmpdir(), "room-"));
  const close = async () => {
    await run(["rm", "-rf", "--one-file-system", folder]);
  };
  const [pack, bare, withNode] = ["pack", "bare", "with-node"].map((name) =>
    path.join(folder, name),
  ) as [string, string, string];
  try {
    await Promise.all([
      makePack(folder),
      makeMachine(bare),
      makeMachine(withNode, "--include=nodejs,curl,wget,ca-certificates"),
    ]);
  } catch (error) {
    await close();
    throw error;
  }
  return { pack, bare, withNode, close };
}

async function makePack(folder: string): Promise<void> {
  const host = await openHost();
  try {
    await layOverRepo(host);
    expect(await host.run("sh", "-c", COMMIT, "sh", repo)).toMatchObject({ status: 0 });
    const [file = "", ...args] = packCommand(folder, "pack", "--lab", "none");
    const { status, stdout, stderr } = await host.run(file, ...args);
    expect({ status }, stderr).toEqual({ status: 0 });
    expect(stdout).toMatch(/^( {2}\S+ +\d+\.\d MB\n)+ {2}all of it +\d+\.\d MB, made in \d+ s\n/);
  } finally {
    await host.close();
  }
}

async function makeMachine(root: string, ...options: string[]): Promise<void> {
  const make = ["mmdebstrap", "--quiet", "--variant=minbase", ...options, "bookworm", root];
  expect(await run(make)).toMatchObject({ status: 0 });
}
