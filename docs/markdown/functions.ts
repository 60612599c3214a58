import { globSync } from "node:fs";
import path from "node:path";
import type MarkdownIt from "markdown-it";
import { readSource } from "./source-file.ts";

const SOURCES = "shared-native/src";

/**
 * Lists functions and constants with a line each. For those of `shared-native`, it is the first
 * sentence of their doc comment; for others, the page has it:
 *
 * ```functions
 * chroot
 * process.chdir(directory): Moves this process to another working directory.
 * ```
 */
export function functions(md: MarkdownIt): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (token?.info !== "functions") return fence?.(tokens, index, options, env, self) ?? "";
    const rows = token.content
      .trim()
      .split("\n")
      .map((line) => {
        const [, call, sentence] = /^(.+?): (.+)$/.exec(line) ?? [];
        const row = call && sentence ? { call, sentence } : fromCode(line, env);
        return `<dt><code>${md.utils.escapeHtml(row.call)}</code></dt><dd>${md.renderInline(row.sentence, { isWithoutTerms: true })}</dd>\n`;
      });
    return `<dl class="functions">\n${rows.join("")}</dl>\n`;
  };
}

/** Finds a declaration and the first sentence of its comment. */
function fromCode(name: string, env: object): { call: string; sentence: string } {
  const root = path.join(import.meta.dirname, "../..", SOURCES);
  for (const file of globSync("**/*.ts", { cwd: root }).sort()) {
    const code = readSource(`${SOURCES}/${file}`, {});
    const declared = new RegExp(
      `/\\*\\*((?:(?!\\*/)[\\s\\S])*?)\\*/\\nexport (?:async )?(?:function ${name}\\(([\\s\\S]*?)\\): |const ${name} =)`,
    ).exec(code);
    if (!declared) continue;
    readSource(`${SOURCES}/${file}`, env);
    const [, comment = "", parameters] = declared;
    const text = comment.replaceAll(/\s*\n \* ?/g, " ").trim();
    const [sentence = text] = /^.+?[.](?= |$)/.exec(text) ?? [];
    const names = parameters?.match(/(?<=^\s*|,\s*)\w+(?=\??(?::| =))/g);
    const call = parameters === undefined ? name : `${name}(${names?.join(", ") ?? ""})`;
    return { call, sentence };
  }
  throw new Error(`functions: ${SOURCES} declares no ${name} with a comment`);
}
