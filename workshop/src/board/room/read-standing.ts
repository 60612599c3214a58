import * as v from "valibot";
import { NAME, type Standing, VERSION } from "../messages.ts";

const id = v.pipe(v.string(), v.regex(/^[a-z\d-]{1,60}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000));
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(1e8));

const stage = v.strictObject({
  held: count,
  passed: v.boolean(),
  failed: v.exactOptional(id),
  hints: count,
});

const standing = v.strictObject({
  version: v.literal(VERSION),
  key: v.pipe(v.string(), v.regex(/^[a-f\d-]{36}$/)),
  name: v.exactOptional(v.pipe(v.string(), v.regex(NAME))),
  stage: id,
  stages: v.pipe(v.record(id, stage), v.maxEntries(30)),
  idle: seconds,
  help: v.exactOptional(seconds),
});

/** Returns what a student has sent, or the reason why it is none. */
export function readStanding(message: unknown): Standing | "unreadable" | "version" {
  const { version } = Object(message);
  if (Number.isInteger(version) && version !== VERSION) return "version";
  const { success, output } = v.safeParse(standing, message);
  return success ? output : "unreadable";
}
