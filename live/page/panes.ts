import { state } from "./state.ts";
import type { Screen } from "./terminal-pane.ts";

/** Goes to the next pane with F6, and to the one before with Shift and F6, as programs with panes do. */
export function goOn(event: KeyboardEvent, screens: Map<number, Screen>): void {
  if (event.key !== "F6") return;
  event.preventDefault();
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")];
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes.at((at + (event.shiftKey ? -1 : 1) + panes.length) % panes.length);
  const name = next?.dataset.pane ?? "";
  state.pane = name as typeof state.pane;
  const [, number] = /^terminal-(\d)$/.exec(name) ?? [];
  if (number) screens.get(Number(number))?.focus();
  else next?.focus();
}
