import { h, type VNode } from "vue";
import type { Container, Limit, Picture, Process } from "../src/look/picture.ts";
import { detailOf, type Kind, shownValue } from "./columns.ts";
import { lightsUp } from "./light.ts";
import { noteOf, whoseOf } from "./whose.ts";

/** The most tasks that are drawn as cells. */
const CELLS = 20;

/** Draws what the host has. */
export function hostTile(kind: Kind, label: string, picture: Picture): VNode {
  const { host, processes, leaks } = picture;
  const value = shownValue(kind, host, processes, true);
  const isRed = kind === "mnt" && leaks.length > 0;
  const tile = {
    type: "button",
    key: kind,
    class: ["tile", isRed && "red"],
    title: detailOf(kind, host),
  };
  return h("button", { ...tile, ...lightsUp(kind, host) }, [
    h("span", { class: "label" }, label),
    // Numbers of processes change all the time
    kind === "pid" ? h("b", value) : marked(`host ${kind}`, value),
  ]);
}

/** Draws what a container has, or whose it sees. */
export function containerTile(
  kind: Kind,
  label: string,
  container: Container,
  processes: Process[],
  picture: Picture,
): VNode {
  const tile = {
    type: "button",
    key: kind,
    title: detailOf(kind, container),
    ...lightsUp(kind, container),
  };
  if (!container.own.includes(kind)) {
    const whose = whoseOf(kind, container, picture);
    return h("button", { ...tile, class: "tile not-own" }, [
      h("span", { class: "hidden name" }, `${label}: `),
      whose,
    ]);
  }
  const { limit, sharesMounts } = container;
  const isRed =
    kind === "mnt"
      ? sharesMounts
      : kind === "limit" && limit !== undefined && limit.current >= limit.max;
  const value = shownValue(kind, container, processes, false);
  const note = noteOf(kind, container);
  return h("button", { ...tile, class: ["tile own", isRed && "red"] }, [
    h("span", { class: "hidden name" }, `${label}: `),
    ...(kind === "limit" && limit
      ? limitOf(container.id, limit)
      : [
          kind === "pid" ? h("b", value) : marked(container.id + kind, value),
          h("span", { class: "note" }, note),
        ]),
  ]);
}

function limitOf(id: string, { current, max, refused }: Limit): VNode[] {
  const cells = Array.from({ length: max }, (_, index) =>
    h("i", { class: ["cell", index < current && "on"] }),
  );
  const full = refused > 0 ? `, ${refused}× refused` : "";
  return [
    h("span", { class: "cells" }, max <= CELLS ? cells : []),
    marked(`${id}limit`, `${current} of ${max}${full}`, "note"),
  ];
}

const changes = new Map<string, { value: string; times: number }>();

/** Draws a value that is marked for a moment when it has changed: a new element, which CSS animates. */
function marked(key: string, value: string, className?: string): VNode {
  const before = changes.get(key) ?? { value, times: 0 };
  const now = before.value === value ? before : { value, times: before.times + 1 };
  changes.set(key, now);
  return h(
    className ? "span" : "b",
    { key: now.times, class: [className, now.times > 0 && "new"] },
    value,
  );
}
