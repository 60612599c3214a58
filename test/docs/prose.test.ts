import { readFileSync } from "node:fs";
import path from "node:path";
import dictionary from "dictionary-en-gb";
import nspell from "nspell";
import { describe, expect, it } from "vitest";
import { paragraphsOf, readings, sentencesOf, wordsIn } from "./pages/prose.ts";

/** The field's own words, which no dictionary has: one a line. */
const words = readFileSync(path.join(import.meta.dirname, "pages/words.txt"), "utf8")
  .trim()
  .split("\n");

describe.for(readings)("%s", (file) => {
  const paragraphs = paragraphsOf(file);

  it("has no sentence of more than 35 words", () => {
    const long = paragraphs.flatMap(({ place, text }) =>
      sentencesOf(text)
        .filter((sentence) => wordsIn(sentence) > 35)
        .map((sentence) => `${place}: ${wordsIn(sentence)} words: ${sentence}`),
    );
    expect(long).toEqual([]);
  });

  it("is spelt as in Britain", () => {
    const unknown = paragraphs.flatMap(({ place, text }) =>
      wordsOf(text)
        .filter((word) => !words.includes(word) && !spelling.correct(word))
        .map((word) => `${place}: ${word}`),
    );
    expect(unknown).toEqual([]);
  });
});

/** Lists the words of a text, but for names of constants: CAP_SYS_ADMIN, SIGKILL, x86. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/[\p{L}_][\p{L}\d'_]*[\p{L}\d_]/gu)]
    .map(([word]) => word.replace(/'s$/, ""))
    .filter((word) => !/[\d_]|^\p{Lu}+$/u.test(word));
}

const spelling = nspell(Buffer.from(dictionary.aff), Buffer.from(dictionary.dic));

it("the field's own words are all used, and in order", () => {
  const used = new Set(
    readings.flatMap((file) => paragraphsOf(file).flatMap(({ text }) => wordsOf(text))),
  );
  expect(words.filter((word) => !used.has(word))).toEqual([]);
  expect(words).toEqual(words.toSorted());
});

describe("the check itself", () => {
  it("sees a long sentence, and a misspelt word", () => {
    expect(wordsIn(`${"word ".repeat(36)}.`)).toBe(36);
    expect(sentencesOf("One. Two: three? Four")).toEqual(["One.", "Two: three?", "Four"]);
    expect(spelling.correct("colour")).toBe(true);
    expect(spelling.correct("color")).toBe(false);
    expect(spelling.correct("contianer")).toBe(false);
  });
});
