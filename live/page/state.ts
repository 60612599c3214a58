import { reactive } from "vue";
import type { Container, Picture, Process } from "../src/look/picture.ts";
import type { ToPage, Verdict } from "../src/messages.ts";
import type { Standing } from "./connection.ts";

export const PANES = ["course", "map", "terminal-1", "terminal-2"] as const;
export type Pane = (typeof PANES)[number];

/** How long what is gone is still shown, in milliseconds. */
const FAREWELL = 1200;
/** At most so many are bidden farewell at once: after a fork bomb it would be a screen full. */
const CROWD = 15;

/** All that the page shows. */
export const state = reactive({
  standing: "opening" as Standing,
  picture: undefined as Picture | undefined,
  numbers: {} as Record<string, number>,
  screens: [] as (string | null)[],
  gone: { containers: [] as Container[], processes: [] as Process[] },
  practice: undefined as
    | { stage: string; facts: Verdict[]; isChecking: boolean; reason: string | undefined }
    | undefined,
  /** The pane that a narrow window shows. */
  pane: "course" as Pane,
  isDark: matchMedia("(prefers-color-scheme: dark)").matches,
  showsAll: false,
  /** The thing that is pointed at: the same value of it lights up wherever it is seen. */
  lit: undefined as { kind: string; value: string } | undefined,
});

/** Takes what the server says, but for what is on the terminals. */
export function take(message: Exclude<ToPage, { type: "data" | "screen" }>): void {
  switch (message.type) {
    case "picture":
      bidFarewell(message.picture);
      state.picture = message.picture;
      state.numbers = { ...state.numbers, ...message.numbers };
      state.screens = message.screens;
      break;
    case "checking": {
      const facts = state.practice?.stage === message.stage ? state.practice.facts : [];
      state.practice = { stage: message.stage, facts, isChecking: true, reason: undefined };
      break;
    }
    default: {
      const facts = message.type === "verdicts" ? message.facts : [];
      const reason = message.type === "unchecked" ? message.reason : undefined;
      state.practice = { stage: message.stage, facts, isChecking: false, reason };
    }
  }
}

let farewell: ReturnType<typeof setTimeout> | undefined;

function bidFarewell(next: Picture): void {
  const pids = new Set(next.processes.map(({ pid }) => pid));
  const processes = state.picture?.processes.filter(({ pid }) => !pids.has(pid)) ?? [];
  if (processes.length === 0) return;
  const ids = new Set(next.containers.map(({ id }) => id));
  const containers = state.picture?.containers.filter(({ id }) => !ids.has(id)) ?? [];
  state.gone =
    processes.length > CROWD ? { containers: [], processes: [] } : { containers, processes };
  clearTimeout(farewell);
  farewell = setTimeout(() => {
    state.gone = { containers: [], processes: [] };
  }, FAREWELL);
}
