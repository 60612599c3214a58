import { withBase } from "vitepress";
import { defineComponent, h } from "vue";
import { data as pages } from "./schedule.data.ts";
import { clock, dayOf, makeSchedule } from "./schedule.ts";

/** The schedule of a day, added up from the pages. */
export const ScheduleTable = defineComponent({
  props: { wholeDay: Boolean, day: { type: Number, default: 1 } },
  setup({ wholeDay, day }) {
    const slots = makeSchedule(
      pages.filter((page) => dayOf(page) === day),
      wholeDay,
    );
    const last = slots.at(-1);
    const end = last ? last.start + last.minutes : 0;
    const rows = slots.map(({ start, minutes, text, url }) =>
      h("tr", [
        h("td", clock(start)),
        h("td", url === undefined ? text : h("a", { href: withBase(url) }, text)),
        h("td", String(minutes)),
      ]),
    );
    const head = h("tr", [h("th", "Start"), h("th", "What"), h("th", "Minutes")]);
    const close = h("tr", [h("td", clock(end)), h("td", "End"), h("td")]);
    return () => h("table", [h("thead", head), h("tbody", [...rows, close])]);
  },
});
