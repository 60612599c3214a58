import { isNarrow } from "./columns.ts";
import { heightOf, page } from "./page.ts";
import { paint } from "./paint.ts";

/** The screen of a watcher: the outcome of the last check, and the keys below it. */
export interface WatchScreen {
  /** Empties it, until there is an outcome. */
  clear(): void;
  /** @param outcome is called each time that it is drawn, as the terminal may be narrower then */
  show(outcome: () => string): void;
  /** Shows a text, with the outcome and the keys below it: in the pager first, if it is too long. */
  showAbove(text: string): Promise<void>;
  close(): void;
}

const KEYS = ["hint", "diff", "quit"].map((word) => `${paint("bold", word.slice(0, 1))} ${word}`);

export function openWatchScreen(): WatchScreen {
  const { stdout } = process;
  let outcome: (() => string) | undefined;
  let above = "";
  const clear = () => {
    if (stdout.isTTY) stdout.write("\x1b[2J\x1b[H");
  };
  const below = () => {
    const saved = isNarrow() ? "" : paint("dim", "Saved code is checked at once.  ");
    const keys = process.stdin.isTTY ? KEYS : [];
    return `${outcome?.()}\n  ${saved}${keys.join("   ")}`.trimEnd();
  };
  const fits = (text: string) => heightOf(text + below()) < stdout.rows;
  const draw = () => {
    if (outcome === undefined) return;
    clear();
    console.log((fits(above) ? above : "") + below());
  };
  const close = () => void stdout.off("resize", draw);
  stdout.on("resize", draw);
  return {
    clear() {
      outcome = undefined;
      clear();
    },
    show(next) {
      outcome = next;
      above = "";
      draw();
    },
    async showAbove(text) {
      above = `${text.trimEnd()}\n`;
      if (fits(above)) return draw();
      above = "";
      close();
      await page(text, stdout.rows - heightOf(below()));
      stdout.on("resize", draw);
      console.log(below());
    },
    close,
  };
}
