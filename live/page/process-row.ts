import { h, type VNode } from "vue";
import type { Process } from "../src/look/picture.ts";
import type { Row } from "./arrange.ts";
import { isLit } from "./light.ts";
import { state } from "./state.ts";

/** The processes that were there when the page was opened: they are not marked as new. */
let known: Set<number> | undefined;

/** Draws a process: its squares, its command, its two numbers. */
export function rowOf({ process, depth }: Row, from: number, isInside: boolean): VNode {
  known ??= new Set(state.picture?.processes.map(({ pid }) => pid));
  const { pid, inside, counted, isZombie, threads } = process;
  const classes = [
    "row",
    isLit(process) && "lit",
    !known.has(pid) && "new",
    state.gone.processes.some((one) => one.pid === pid) && "gone",
    isZombie && "zombie",
  ];
  return h("div", { key: pid, class: classes, title: process.command }, [
    h("span", { class: "command", style: { "--depth": depth - from } }, [
      ...Array.from({ length: counted }, () =>
        h("i", { class: "cell on", title: "counts as a task" }),
      ),
      ...nameOf(process),
      isZombie ? h("span", { class: "quiet" }, " zombie") : null,
      threads > 1 ? h("span", { class: "quiet" }, ` ${threads} threads`) : null,
    ]),
    h("span", { class: "number" }, pid),
    h(
      "span",
      { class: inside ? "number inside" : "number quiet" },
      inside ?? (isInside ? "same" : ""),
    ),
  ]);
}

function nameOf({ role, command }: Process): (VNode | string)[] {
  if (role === undefined) return [command];
  const [, rest = ""] = /src\/main\.ts (?:run|child) (.*)$/s.exec(command) ?? [];
  return [h("strong", `${role}()`), h("span", { class: "quiet" }, ` ${rest}`)];
}
