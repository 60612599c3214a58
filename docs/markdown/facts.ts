import type MarkdownIt from "markdown-it";
import { stages } from "workshop/stages";

/**
 * Lists what `pnpm workshop check` looks for in a stage, from the stage's own record: first what is
 * new since the stage before, then what still has to hold:
 *
 * ```facts 03-pid-mnt-chroot
 * ```
 */
export function facts(md: MarkdownIt): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const [language, name] = tokens[index]?.info.split(" ") ?? [];
    if (language !== "facts") return fence?.(tokens, index, options, env, self) ?? "";
    const number = stages.findIndex((stage) => stage.name === name);
    const stage = stages[number];
    if (stage === undefined) throw new Error(`facts: there is no stage ${name}`);
    const before = stages[number - 1]?.facts.map(({ title }) => title) ?? [];
    const titles = stage.facts.map(({ title }) => title);
    const added = titles.filter((title) => !before.includes(title));
    const kept = titles.filter((title) => before.includes(title));
    return `<FactList stage="${name}" ${list("added", added)} ${list("kept", kept)}></FactList>\n`;
  };

  function list(attribute: string, titles: string[]): string {
    return `:${attribute}="${md.utils.escapeHtml(JSON.stringify(titles))}"`;
  }
}
