import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import { defineComponent, h, onMounted, ref, watchEffect } from "vue";
import type { FromPage } from "../src/messages.ts";
import { state } from "./state.ts";

/** A terminal on the page. */
export interface Screen {
  /** Shows what has come, and tells when it is drawn. */
  show(data: string): void;
  /** Shows this in place of what is there. */
  replace(data: string): void;
  focus(): void;
}

const LIGHT = {
  background: "#ffffff",
  foreground: "#1d1d20",
  cursor: "#8a3b12",
  selectionBackground: "#f0d3c2",
};
const DARK = {
  background: "#1b1b1f",
  foreground: "#e6e6ea",
  cursor: "#f0a878",
  selectionBackground: "#5a4032",
};

/** A pane with a terminal. Its title says whose screen it is. */
export const TerminalPane = defineComponent({
  props: {
    number: { type: Number, required: true },
    send: { type: Function, required: true },
    screens: { type: Map, required: true },
  },
  setup({ number, send, screens }) {
    const element = ref<HTMLElement>();
    onMounted(() => {
      if (element.value)
        screens.set(number, openScreen(number, element.value, send as (message: FromPage) => void));
    });
    return () => {
      const container = state.picture?.containers.find(
        ({ id }) => id === state.screens[number - 1],
      );
      const view = container ?? state.picture?.host;
      return h(
        "section",
        {
          class: ["shell", container && "inside"],
          "aria-label": `Terminal ${number}`,
          "data-pane": `terminal-${number}`,
        },
        [
          h("header", [
            h("h2", `Terminal ${number}`),
            h(
              "span",
              { class: "whose", role: "status" },
              container
                ? `container ${state.numbers[container.id]}: ${view?.hostname}`
                : `host: ${view?.hostname ?? "…"}`,
            ),
            h("span", { class: "quiet" }, [h("kbd", "F6"), " leaves"]),
          ]),
          h("div", { class: "screen", ref: element }),
        ],
      );
    };
  },
});

function openScreen(
  number: number,
  element: HTMLElement,
  send: (message: FromPage) => void,
): Screen {
  const terminal = new Terminal({
    fontFamily: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
    fontSize: 13,
    scrollback: 1000,
    minimumContrastRatio: 4.5,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(element);
  watchEffect(() => {
    terminal.options.theme = state.isDark ? DARK : LIGHT;
  });
  terminal.onData((data) => send({ type: "type", terminal: number, data }));
  const resize = () => {
    if (element.clientHeight > 0) fit.fit(); // it is not in sight in a narrow window
  };
  const tellSize = () =>
    send({ type: "resize", terminal: number, columns: terminal.cols, rows: terminal.rows });
  terminal.onResize(tellSize);
  new ResizeObserver(resize).observe(element);
  // Tab and the arrows belong to the shell, so another key must lead on
  terminal.attachCustomKeyEventHandler((event) => event.key !== "F6");
  const show = (data: string) =>
    terminal.write(data, () => {
      if (data.length > 0) send({ type: "drawn", terminal: number, length: data.length });
    });
  return {
    show,
    replace(data) {
      terminal.reset();
      tellSize();
      show(data);
    },
    focus: () => terminal.focus(),
  };
}
