import { reactive } from "vue";
import type { Container, Picture, Process } from "../src/look/picture.ts";
import type { ToPage, Verdict } from "../src/messages.ts";
import type { Standing } from "./connection.ts";

export const PANES = ["course", "map", "terminal-1", "terminal-2"] as const;
export type Pane = (typeof PANES)[number];

/** The time for which what is gone is still shown, in milliseconds. */
const FAREWELL = 1200;
/** At most so many are bidden farewell at once: after a fork bomb it would be a screen full. */
const CROWD = 15;

/** All that the page shows. */
export const state = reactive({
  standing: "opening" as Standing,
  picture: undefined as Picture | undefined,
  /** True if the host is one that can be thrown away, false if it is the machine itself. */
  isSandbox: true,
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
      state.isSandbox = message.isSandbox;
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
  const ids = new Set(next.containers.map(({ id }) => id));
  const isGone = ({ pid }: Process) => !pids.has(pid);
  const hasGone = ({ id }: Container) => !ids.has(id);
  const processes = state.picture?.processes.filter(isGone) ?? [];
  if (processes.length === 0) {
    // A number may belong to another process by now, or one that was not to be seen is there again
    state.gone.processes = state.gone.processes.filter(isGone);
    state.gone.containers = state.gone.containers.filter(hasGone);
    return;
  }
  const containers = state.picture?.containers.filter(hasGone) ?? [];
  state.gone =
    processes.length > CROWD ? { containers: [], processes: [] } : { containers, processes };
  clearTimeout(farewell);
  farewell = setTimeout(() => {
    state.gone = { containers: [], processes: [] };
  }, FAREWELL);
}
