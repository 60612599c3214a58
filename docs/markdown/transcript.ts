import type MarkdownIt from "markdown-it";
import { attributesOf } from "./source-file.ts";
import { type Entry, isWorthPlaying, type Place, parseTranscript } from "./transcript/parse.ts";

/**
 * Shows a `console` fence: what is typed on the host in one colour, what is typed in the container
 * in another, and in words; a button that copies only what is typed, and one that plays the
 * recording of it. Values that vary are marked as examples. `in=container` says where a fence
 * begins that has no prompt. A fence with `reason="…"` cannot be run by the tests, and the page says
 * so; one with `needs=docker` is run in the lab, and has no recording; one with `hidden=yes` is there for
 * the tests only.
 */
export function transcript(md: MarkdownIt): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (!token?.info.startsWith("console")) return fence?.(tokens, index, options, env, self) ?? "";
    const { reason, needs, hidden, in: place = "host", terminal = "1" } = attributesOf(token.info);
    if (hidden) return "";
    const number = tokens
      .slice(0, index + 1)
      .filter(({ info }) => info.startsWith("console")).length;
    const name = `${env.relativePath.replace(/\.md$/, "")}-${number}`;
    const entries = parseTranscript(token.content, place as Place);
    const lines = entries.map((entry, at) => {
      const isNew = entry.place !== entries[at - 1]?.place;
      const label = `terminal ${terminal}, ${entry.place}`;
      const where = isNew ? `<span class="where vp-copy-ignore">${label}\n</span>` : "";
      return `<span class="on-${entry.place}">${where}${show(entry)}</span>`;
    });
    return [
      '<div class="language-console transcript">',
      '<button type="button" title="Copy the commands" class="copy"></button>',
      '<span class="lang">console</span>',
      `<pre tabindex="0" v-pre><code>${lines.join("")}</code></pre>`,
      below(reason || needs ? undefined : name, entries, reason),
      "</div>\n",
    ].join("");
  };

  /** Returns what stands below the lines: a button, if the tests record them, and what there is to say. */
  function below(
    recording: string | undefined,
    entries: Entry[],
    reason: string | undefined,
  ): string {
    const isPlayed = recording !== undefined && isWorthPlaying(entries);
    const parts = [
      isPlayed &&
        `<button type="button" class="play" data-recording="${recording}">Play what happened</button>`,
      reason && `<span>Not run by the tests: ${md.utils.escapeHtml(reason)}.</span>`,
      entries.some(({ output }) => output.join().includes("‹")) &&
        "<span><var>Slanted</var> values are examples: yours will differ.</span>",
    ].filter(Boolean);
    return parts.length > 0 ? `<p class="below">${parts.join(" ")}</p>` : "";
  }

  function show({ prompt, command, key, output }: Entry): string {
    const answer = output.map((line) => `${shown(line)}\n`).join("");
    const shownAnswer = answer && `<span class="output vp-copy-ignore">${answer}</span>`;
    if (prompt === undefined) return shownAnswer;
    const shownPrompt = `<span class="prompt vp-copy-ignore">${shown(prompt)}</span>`;
    if (key) return `<span class="output vp-copy-ignore">${key}\n</span>${shownAnswer}`;
    if (!command) return `${shownPrompt}<span class="vp-copy-ignore">\n</span>${shownAnswer}`;
    return `${shownPrompt}<span class="command">${shown(command)}</span>\n${shownAnswer}`;
  }

  /** Returns a text as HTML, its examples marked. */
  function shown(text: string): string {
    return md.utils.escapeHtml(text).replace(/‹(?:[a-z]+:)?([^›]*)›/g, "<var>$1</var>");
  }
}
