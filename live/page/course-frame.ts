import { h, type VNode } from "vue";
import { state } from "./state.ts";

/** A command that the course would like to have typed. */
export interface Wish {
  terminal: number;
  command: string;
  /** True if something in it is only an example, and has to be changed before it runs. */
  hasExample: boolean;
  /** The screen on which the course has it typed. */
  place: "host" | "container";
}

/** The page of the course that was open before a reload of this one. */
const START = sessionStorage.getItem("course") ?? "index.html";

/** Draws the course in its frame. */
export function courseFrame(onWish: (wish: Wish) => void): VNode {
  return h("iframe", {
    ...{ class: "course", "data-pane": "course", title: "The course", src: `course/${START}` },
    onVnodeMounted: ({ el }: VNode) => {
      const frame = el as HTMLIFrameElement;
      frame.addEventListener("load", () => follow(frame));
      window.addEventListener("message", ({ origin, source, data }) => {
        if (origin !== location.origin || source !== frame.contentWindow) return;
        if (typeof data?.page === "string") sessionStorage.setItem("course", data.page);
        if (typeof data?.command === "string") onWish(data as Wish);
      });
    },
  });
}

/** Is light or dark as the course is, which has the switch. */
function follow({ contentDocument }: HTMLIFrameElement): void {
  const root = contentDocument?.documentElement;
  if (!root) return;
  const look = () => {
    state.isDark = root.classList.contains("dark");
  };
  look();
  new MutationObserver(look).observe(root, { attributeFilter: ["class"] });
}
