import { createApp, h, watchEffect } from "vue";
import type { FromPage, ToPage } from "../src/messages.ts";
import { question, typeOrAsk } from "./ask.ts";
import { connect, takeToken } from "./connection.ts";
import { courseFrame, type Wish } from "./course-frame.ts";
import { divider } from "./divider.ts";
import { HostMap } from "./host-map.ts";
import { goOn } from "./panes.ts";
import { PANES, type Pane, state, take } from "./state.ts";
import { type Screen, TerminalPane } from "./terminal-pane.ts";
import { Verdicts } from "./verdicts.ts";

const screens = new Map<number, Screen>();
const connection = connect(takeToken(), hear, (standing) => {
  state.standing = standing;
});
const send = (message: FromPage) => connection.send(message);

function hear(message: ToPage): void {
  if (message.type === "data") screens.get(message.terminal)?.show(message.data);
  else if (message.type === "screen") screens.get(message.terminal)?.replace(message.data);
  else take(message);
}

function type({ terminal, command, hasExample }: Wish): void {
  send({ type: "type", terminal, data: hasExample ? command : `${command}\r` });
  state.pane = `terminal-${terminal}` as Pane;
  screens.get(terminal)?.focus();
}

const NAMES: Record<Pane, string> = {
  course: "Course",
  map: "Map",
  "terminal-1": "Terminal 1",
  "terminal-2": "Terminal 2",
};

const SAYINGS = {
  opening: "",
  open: "",
  ended: "The server has ended, and with it the terminals: type pnpm live again.",
  refused:
    "This page needs the address that pnpm live has printed, with all that stands after the #.",
};

/** The whole page. */
function Page() {
  return h("main", { class: "page", "data-shown": state.pane }, [
    h("h1", { class: "hidden" }, "Containers from scratch, live"),
    h(
      "nav",
      { "aria-label": "Panes" },
      PANES.map((pane) =>
        h(
          "button",
          {
            type: "button",
            "aria-pressed": state.pane === pane,
            onClick: () => (state.pane = pane),
          },
          NAMES[pane],
        ),
      ),
    ),
    courseFrame((wish) => typeOrAsk(wish, type)),
    divider("--course", "The width of the course", true, 40),
    h("div", { class: "side" }, [
      h(
        "div",
        { class: "top", "data-pane": "map", tabindex: 0, role: "region", "aria-label": "Map" },
        [
          SAYINGS[state.standing]
            ? h("p", { class: "leak", role: "alert" }, SAYINGS[state.standing])
            : null,
          h(Verdicts),
          h(HostMap, { onReopen: () => send({ type: "reopen" }) }),
        ],
      ),
      divider("--map", "The height of the map", false, 64),
      h(
        "div",
        { class: "terminals" },
        [1, 2].map((number) => h(TerminalPane, { number, send, screens })),
      ),
    ]),
    question(type),
  ]);
}

createApp(Page).mount("#page");
watchEffect(() => document.documentElement.classList.toggle("dark", state.isDark));
window.addEventListener("keydown", (event) => goOn(event, screens));
