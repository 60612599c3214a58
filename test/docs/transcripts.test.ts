import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { isWorthPlaying, withoutMarks } from "docs/markdown/transcript/parse.ts";
import { describe, expect, it } from "vitest";
import { type Block, blocksOf, pages } from "./transcripts/blocks.ts";
import { openLabHost } from "./transcripts/open-lab-host.ts";
import { recordings, saveRecording } from "./transcripts/recording.ts";
import { runBlocks } from "./transcripts/run-blocks.ts";

const all = pages.map((page) => ({ page, blocks: blocksOf(page) }));
const runnable = all
  .map(({ page, blocks }) => ({
    page,
    blocks: blocks.filter(({ reason, needs }) => !reason && !needs),
  }))
  .filter(({ blocks }) => blocks.length > 0);

/** Tells whether the page has a button that plays a block. */
const isPlayed = ({ isHidden, entries }: Block) => !isHidden && isWorthPlaying(entries);

describe.concurrent("the transcripts", () => {
  for (const { page, blocks } of runnable) {
    it(`of ${page} are what happens`, async () => {
      const host = await openLabHost();
      try {
        const answers = await runBlocks(blocks, host);
        for (const block of blocks.filter(isPlayed)) {
          saveRecording(block, answers.get(block.name) ?? []);
        }
      } finally {
        await host.close();
      }
    });
  }
});

describe("the blocks", () => {
  it("that cannot be run are at most one, with its reason", () => {
    const reasons = all.flatMap(({ blocks }) => blocks.flatMap(({ reason }) => reason ?? []));
    expect(reasons.length).toBeLessThanOrEqual(1);
    for (const reason of reasons) expect(reason.length).toBeGreaterThan(15);
  });
});

// After the runs, which may have made new ones
describe("the recordings", () => {
  it("are one to one with the blocks that can be played", () => {
    const played = runnable.flatMap(({ blocks }) => blocks.filter(isPlayed));
    const names = played.map(({ name }) => `${name}.cast`);
    const stale = readdirSync(recordings).filter((file) => !names.includes(file));
    for (const file of stale) rmSync(path.join(recordings, file));
    expect(readdirSync(recordings).sort()).toEqual(names.sort());
  });

  it("show the numbers of the page", () => {
    for (const { name, entries } of runnable.flatMap(({ blocks }) => blocks.filter(isPlayed))) {
      const lines = readFileSync(path.join(recordings, `${name}.cast`), "utf8")
        .trim()
        .split("\n");
      const printed = lines.slice(1).map((line) => JSON.parse(line)[2]);
      for (const line of entries.flatMap(({ output }) => output)) {
        if (!/[…⋮]/.test(line)) expect(printed, name).toContain(`${withoutMarks(line)}\r\n`);
      }
    }
  });

  it("can be played", () => {
    for (const file of readdirSync(recordings)) {
      const lines = readFileSync(path.join(recordings, file), "utf8").trim().split("\n");
      const [header, ...events] = lines.map((line) => JSON.parse(line));
      expect(header, file).toMatchObject({ version: 2 });
      const times = events.map(([time]) => time);
      expect(times, file).toEqual(times.toSorted((one, other) => one - other));
      expect(times.length, file).toBeGreaterThan(0);
    }
  });
});
