import * as v from "valibot";

// JSON knows no integers: one that is too large for a number comes as a bigint, from read-config.ts
const integer = v.union([v.pipe(v.number(), v.integer()), v.bigint()], "Expected a whole number");

/** A whole number between two others, as a number. */
export function whole(least: number, most: number) {
  return v.pipe(
    integer,
    v.check((n) => n >= least && n <= most, `Expected a whole number from ${least} to ${most}`),
    v.transform(Number),
  );
}

export const uint32 = whole(0, 0xffffffff);
/** With -1 for no limit. */
export const int64 = whole(-1, Number.MAX_SAFE_INTEGER);

/** A whole number of 64 bits, as a bigint. */
export const uint64 = v.pipe(
  integer,
  v.check((n) => n >= 0 && n <= 0xffffffffffffffffn, "Expected a whole number of 64 bits"),
  v.transform((n) => BigInt(n)),
);

/** A text that becomes a string of C, or a part of a line in a file of the kernel's. */
export const string = v.pipe(
  v.string(),
  v.check((text) => !text.includes("\0"), "A NUL byte cannot be in there"),
);

export const absolute = v.pipe(
  string,
  v.check((path) => path.startsWith("/"), "Expected a path that begins with /"),
);

/** A property that the specification has, and this runtime not: who asks for it is told so. */
export const notDone = v.optional(
  v.pipe(
    v.unknown(),
    v.check((value) => isNothing(value), "This runtime does not do that"),
  ),
);

/** Engines write down what nobody has asked for: 0, an empty list, an empty object. */
function isNothing(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return !value;
  return Object.values(value).every(isNothing);
}

/** A list that may also be null, as Go writes one that is empty. */
export function list<Item extends v.GenericSchema>(item: Item) {
  return v.nullish(v.array(item), []);
}
