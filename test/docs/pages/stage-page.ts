/** The parts of a stage's page, in order. */
export const PARTS = [
  "The idea",
  "The code",
  "Run it",
  "Check it",
  "What is still wrong",
  "Exercises",
  "Three questions",
  "Write it yourself",
  "Man pages",
];

/** Returns the part of a page under a heading of the second level. */
export function part(page: string, heading: string): string {
  const [, text = ""] = page.split(`\n## ${heading}\n`);
  return text.split(/\n## /)[0] ?? "";
}
