import fc from "fast-check";
import { readNumber } from "shared-native";
import { describe, expect, it } from "vitest";
import { anyText } from "../kit/any-text.ts";

const MEMORY = { least: "6M", most: "1024G", example: "50M" };
const CPUS = { least: "0.01", most: "2", example: "0.5" };
const PIDS = { least: "1", most: "4194304", example: "10" };

describe("readNumber", () => {
  it.each([
    ["50M", MEMORY, 50 * 1024 ** 2],
    ["50m", MEMORY, 50 * 1024 ** 2],
    ["50MB", MEMORY, 50 * 1024 ** 2],
    ["0.5G", MEMORY, 512 * 1024 ** 2],
    ["0.1G", MEMORY, 107374182],
    ["8192K", MEMORY, 8 * 1024 ** 2],
    ["52428800", MEMORY, 52428800],
    ["6M", MEMORY, 6 * 1024 ** 2],
    ["1024G", MEMORY, 1024 ** 4],
    ["0.5", CPUS, 0.5],
    [".5", CPUS, 0.5],
    ["2", CPUS, 2],
    ["1.", CPUS, 1],
    ["10", PIDS, 10],
    ["010", PIDS, 10],
  ])("reads %s", (text, range, number) => {
    expect(readNumber("--option", text, range)).toBe(number);
  });

  it("reads any text as a number in its range, or says what to type", () => {
    const number = fc.oneof(
      anyText,
      fc.double().map(String),
      fc.integer().map((each) => `${each}M`),
    );
    fc.assert(
      fc.property(number, fc.constantFrom(MEMORY, CPUS, PIDS), (text, range) => {
        try {
          const read = readNumber("--option", text, range);
          expect(read).toBeGreaterThanOrEqual(readNumber("", range.least, range));
          expect(read).toBeLessThanOrEqual(readNumber("", range.most, range));
        } catch (error) {
          const { least, most, example } = range;
          const advice = `type a number from ${least} to ${most}, such as --option=${example}`;
          expect((error as Error).message).toBe(`--option=${text}: ${advice}`);
        }
      }),
    );
  });
});
