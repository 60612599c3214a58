import { defineComponent, h, onMounted, type PropType, ref } from "vue";
import { passed } from "./passed.ts";

const titles = { type: Array as PropType<string[]>, required: true } as const;

/** Shows the facts that `check` looks for, as a list to tick. The browser remembers the ticks. */
export const FactList = defineComponent({
  props: { stage: { type: String, required: true }, added: titles, kept: titles },
  setup({ stage, added, kept }) {
    const key = `facts of ${stage}`;
    const ticked = ref<string[]>([]);
    onMounted(() => {
      ticked.value = JSON.parse(localStorage.getItem(key) ?? "[]");
    });
    const tick = (title: string, { target }: Event) => {
      const others = ticked.value.filter((each) => each !== title);
      ticked.value = (target as HTMLInputElement).checked ? [...others, title] : others;
      localStorage.setItem(key, JSON.stringify(ticked.value));
    };
    const item = (title: string) => {
      const checked = passed.value.includes(stage) || ticked.value.includes(title);
      const onChange = (event: Event) => tick(title, event);
      return h(
        "li",
        h("label", [h("input", { type: "checkbox", checked, onChange }), ` ${title}`]),
      );
    };
    return () =>
      h("div", { class: "facts" }, [
        h("p", "The container that your program starts:"),
        h("ul", added.map(item)),
        kept.length > 0 && h("p", { class: "kept" }, `And as before, it ${sentence(kept)}.`),
      ]);
  },
});

function sentence(kept: string[]): string {
  return [kept.slice(0, -1).join("; "), kept.at(-1)].filter(Boolean).join("; and ");
}
