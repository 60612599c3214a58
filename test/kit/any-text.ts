import fc from "fast-check";

/**
 * A character of Unicode, but not NUL, which ends C's strings. (fast-check's own unit "binary"
 * takes a second to load.)
 */
const character = fc
  .oneof(fc.integer({ min: 1, max: 0xff }), fc.integer({ min: 1, max: 0x10ffff }))
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

/** Any text that a command line can hold. */
export const anyText = fc.string({ unit: character });

/** Text that parsers of the kernel's tables may stumble over. */
const NASTY = [" ", "\t", "\n", "\r", "\\", "\\040", "#", ":", ",", " - ", "\u2028", "\u0085"];

/** A name that Linux accepts for a file: at most 255 bytes, and nothing that it forbids. */
export const fileName = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), anyText), { minLength: 1 })
  .map((parts) => parts.join("").replaceAll("/", "_"))
  .filter((name) => !["", ".", ".."].includes(name) && Buffer.byteLength(name) <= 255);
