import fc from "fast-check";

/** What parsers of the kernel's tables may stumble over. */
const NASTY = [
  " ",
  "\t",
  "\n",
  "\r",
  "\\",
  "\\040",
  "#",
  ":",
  ",",
  " - ",
  "\u2028",
  "\u0085",
  "é",
  "😀",
];

/** A name that Linux takes for a file: not what it forbids, and at most 255 bytes. */
export const fileName = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary" })), { minLength: 1 })
  .map((parts) => parts.join("").replaceAll(/[/\0]/g, "_"))
  .filter((name) => name !== "." && name !== ".." && Buffer.byteLength(name) <= 255 && name !== "");
