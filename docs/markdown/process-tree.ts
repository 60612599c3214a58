import type MarkdownIt from "markdown-it";
import { drawProcessTree } from "../diagrams/process-tree.ts";

/**
 * Draws the processes of a stage and what its container has of its own, the same way on each page,
 * with what is new in the stage's colour:
 *
 * ```process-tree 03-pid-mnt-chroot
 * ```
 */
export function processTree(md: MarkdownIt): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const [language, stage = ""] = tokens[index]?.info.split(" ") ?? [];
    if (language === "process-tree") return drawProcessTree(Number.parseInt(stage, 10));
    return fence?.(tokens, index, options, env, self) ?? "";
  };
}
