import { h, type VNode } from "vue";

const STEP = 2;

/**
 * Draws a line that can be moved, by mouse, finger or arrow keys. The share of the first of the two parts
 * is a CSS variable of the page, in percent, and stays after a reload.
 *
 * @param variable such as "--course"
 */
export function divider(
  variable: string,
  label: string,
  isVertical: boolean,
  share: number,
): VNode {
  const [least, most] = [15, 80];
  const now = () => Number(localStorage.getItem(variable) ?? share);
  const move = (percent: number, element: HTMLElement) => {
    const value = Math.round(Math.min(most, Math.max(least, percent)));
    localStorage.setItem(variable, `${value}`);
    element.setAttribute("aria-valuenow", `${value}`);
    document.documentElement.style.setProperty(variable, `${value}%`);
  };
  return h("div", {
    ...{
      class: ["divider", isVertical ? "vertical" : "horizontal"],
      role: "separator",
      tabindex: 0,
    },
    ...{ "aria-label": label, "aria-orientation": isVertical ? "vertical" : "horizontal" },
    ...{ "aria-valuemin": least, "aria-valuemax": most, "aria-valuenow": now() },
    onVnodeMounted: ({ el }: VNode) => move(now(), el as HTMLElement),
    onPointerdown(event: PointerEvent) {
      const element = event.currentTarget as HTMLElement;
      element.setPointerCapture(event.pointerId); // also over the frame, which has a mouse of its own
    },
    onPointermove(event: PointerEvent) {
      const element = event.currentTarget as HTMLElement;
      const box = element.parentElement?.getBoundingClientRect();
      if (!box || !element.hasPointerCapture(event.pointerId)) return;
      const { clientX: x, clientY: y } = event;
      move(
        isVertical ? ((x - box.left) / box.width) * 100 : ((y - box.top) / box.height) * 100,
        element,
      );
    },
    onKeydown(event: KeyboardEvent) {
      const step = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP }[
        event.key
      ];
      if (step === undefined) return;
      event.preventDefault();
      move(now() + step, event.currentTarget as HTMLElement);
    },
  });
}
