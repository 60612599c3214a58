import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import { h } from "vue";
import "./theme.css";
import "./lesson.css";
import "./start.css";
import "./transcripts.css";
import "./diagrams.css";
import "./print.css";
import { FactList } from "./fact-list.ts";
import { NotesSwitch } from "./notes-switch.ts";
import { followProgress } from "./passed.ts";
import { playRecordings } from "./play-recordings.ts";
import { ScheduleTable } from "./schedule-table.ts";
import { Solution } from "./solution.ts";

/** VitePress's own theme, and what is ours: lists to tick, folded solutions, recordings, notes, the schedule. */
export const theme: Theme = {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      "nav-bar-content-after": () => h(NotesSwitch),
      "nav-screen-content-after": () => h(NotesSwitch),
    }),
  enhanceApp({ app }) {
    app.component("FactList", FactList);
    app.component("Solution", Solution);
    app.component("ScheduleTable", ScheduleTable);
    if (!import.meta.env.SSR) playRecordings();
    if (import.meta.env.DEV && !import.meta.env.SSR) followProgress();
  },
};
