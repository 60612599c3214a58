import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { starterOf } from "workshop/practice/starter";
import { findStage } from "workshop/stages/find-stage";
import { someOf, testsEvery } from "../../kit/tests-every.ts";
import { checkCode, edited, failure, type Mistake } from "./attempt.ts";

interface Attempts {
  starter: Omit<Mistake, "name" | "edits">;
  /** Code that runs, and does something else. */
  mistakes: Mistake[];
  /** Code that fails with an error of Node's, of ours or of a program's. */
  errors: Mistake[];
}

/** Checks what `pnpm workshop check` says about everything that we know students to write. */
export function checkAttempts(stage: string, { starter, mistakes, errors }: Attempts): void {
  const folder = path.join(import.meta.dirname, "solutions", stage);

  describe.concurrent(stage, () => {
    it("begins with the fact that is new, for the starter", async () => {
      const { id, hint } = failure(await checkCode(stage, starterOf(findStage(stage)))) ?? {};
      expect(id).toBe(starter.fact);
      expect(hint).toMatch(starter.hint);
    });

    // All facts are looked at, which takes its time. steps/facts.test.ts does so for our own code
    it.runIf(testsEvery).each(readdirSync(folder))(
      "passes code that works and is written differently: %s",
      async (file) => {
        const code = readFileSync(path.join(folder, file), "utf8");
        const failed = failure(await checkCode(stage, code));
        expect(failed, JSON.stringify(failed)).toBeUndefined();
      },
    );

    it.each(someOf([...mistakes, ...errors]))("says what is wrong: $name", async (mistake) => {
      const { edits, fact, actual = /./, hint, seconds } = mistake;
      const verdicts = await checkCode(stage, edited(stage, edits), seconds);
      const failed = failure(verdicts);
      expect(failed, JSON.stringify(failed)).toMatchObject({ id: fact });
      expect(failed?.actual).toMatch(actual);
      expect(failed?.hint).toMatch(hint);
      expect(`${failed?.actual} ${failed?.hint}`).not.toMatch(FOR_MACHINES);
      if (/line that it names/.test(failed?.hint ?? ""))
        expect(failed?.actual).toMatch(/main\.ts:\d+/);
      const states = verdicts.map(({ state }) => state);
      expect(states).toEqual([...states].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
    });
  });
}

/** Advice for a machine that lacks something: never for what is in the code. */
const FOR_MACHINES =
  /pnpm rootfs|lab VM|workshop doctor|mount -t proc|npx|(?<!perhaps )use the host|vagrant/;

const ORDER = ["holds", "fails", "waits"];
