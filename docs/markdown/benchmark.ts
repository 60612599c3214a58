import type { Results } from "bench/results";
import { tables } from "bench/tables";
import type MarkdownIt from "markdown-it";
import { readSource } from "./source-file.ts";

/**
 * Shows a part of what `pnpm bench` found and wrote to a file, as it prints it:
 *
 * ```benchmark starts
 * ```
 */
export function benchmark(md: MarkdownIt, file: string): void {
  md.core.ruler.before("normalize", "benchmark", (state) => {
    state.src = state.src.replace(/^```benchmark (\w+)\n```$/gm, (_, part) => {
      if (!(part in tables)) throw new Error(`${file}: no such part as ${part}`);
      const results: Results = JSON.parse(readSource(file, state.env));
      return tables[part as keyof Results](results);
    });
  });
}
