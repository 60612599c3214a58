import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take minutes. */
const LONG = ["steps/facts", "repo/offline", "docs/site", "docs/transcripts", "live/page/map"];

/** Begins with what takes longest: at the end it would be alone, and one of the processors would wait. */
export class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) =>
      LONG.some((name) => moduleId.endsWith(`/${name}.test.ts`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
