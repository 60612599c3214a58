import type MarkdownIt from "markdown-it";
import { attributesOf } from "./source-file.ts";
import { type Entry, parseTranscript, withoutMarks } from "./transcript/parse.ts";

/**
 * Shows a `console` fence: what is typed apart from what is answered, a button that copies only
 * what is typed, and one that plays the recording of it. A fence with `reason="…"` cannot be run
 * by the tests; the page says so.
 */
export function transcript(md: MarkdownIt): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (!token?.info.startsWith("console")) return fence?.(tokens, index, options, env, self) ?? "";
    const { reason, terminal = "1" } = attributesOf(token.info);
    const number = tokens
      .slice(0, index + 1)
      .filter(({ info }) => info.startsWith("console")).length;
    const name = `${env.relativePath.replace(/\.md$/, "")}-${number}`;
    const label = terminal === "1" ? "console" : `console, terminal ${terminal}`;
    return [
      '<div class="language-console transcript">',
      '<button type="button" title="Copy the commands" class="copy"></button>',
      `<span class="lang">${label}</span>`,
      `<pre tabindex="0" v-pre><code>${parseTranscript(token.content).map(show).join("")}</code></pre>`,
      reason === undefined
        ? `<button type="button" class="play" data-recording="${name}">Play what happened</button>`
        : `<p class="reason">Not run by the tests: ${md.utils.escapeHtml(reason)}</p>`,
      "</div>\n",
    ].join("");
  };

  function show({ prompt, command, key, output }: Entry): string {
    const answer = output.map((line) => `${shown(line)}\n`).join("");
    const shownAnswer = answer && `<span class="output vp-copy-ignore">${answer}</span>`;
    if (prompt === undefined) return shownAnswer;
    const shownPrompt = `<span class="prompt vp-copy-ignore">${shown(prompt)}</span>`;
    if (key) return `<span class="output vp-copy-ignore">${key}\n</span>${shownAnswer}`;
    if (!command) return `${shownPrompt}<span class="vp-copy-ignore">\n</span>${shownAnswer}`;
    return `${shownPrompt}<span class="command">${shown(command)}</span>\n${shownAnswer}`;
  }

  function shown(text: string): string {
    return md.utils.escapeHtml(withoutMarks(text));
  }
}
