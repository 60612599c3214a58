/** The parts of a stage's page, in the order of learning. */
export const PARTS = [
  "Where you are",
  "The idea",
  "Your turn",
  "The solution",
  "Look at it",
  "What is still wrong",
  "Exercises",
  "Questions",
  "Man pages",
];

/** Returns the part of a page under a heading of the second level. */
export function part(page: string, heading: string): string {
  const [, text = ""] = page.split(`\n## ${heading}\n`);
  return text.split(/\n## /)[0] ?? "";
}

/** Returns what a page lets the reader predict before they run it: each part, and each idea by itself. */
export function trials(page: string): string[] {
  const ideas = part(page, "The idea").split(/^### /m);
  const parts = ["Where you are", "Look at it", "What is still wrong"].map((name) =>
    part(page, name),
  );
  return [...ideas, ...parts].filter((text) => text.includes("```console"));
}
