import { readFileSync } from "node:fs";

declare const data: string[];

export { data };

/** The stages that have passed `pnpm workshop check` on this machine. A built site has no such thing. */
// biome-ignore lint/style/noDefaultExport: VitePress asks a data loader for it
export default {
  watch: ["../../practice/progress.json"],
  load(files: string[]): string[] {
    if (process.env.NODE_ENV === "production") return [];
    const stages = files.flatMap((file) => Object.entries(JSON.parse(readFileSync(file, "utf8"))));
    return stages.flatMap(([stage, progress]) =>
      (progress as { passed?: string }).passed === undefined ? [] : [stage],
    );
  },
};
