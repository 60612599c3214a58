import { withBase } from "vitepress";
import { ref } from "vue";

/** The stages that have passed `pnpm workshop check` on this machine, as far as `pnpm run docs` knows. */
export const passed = ref<string[]>([]);

/** Asks for them now, and each time when the reader comes back from the terminal. */
export function followProgress(): void {
  const ask = async () => {
    passed.value = await (await fetch(withBase("/passed.json"))).json();
  };
  ask();
  window.addEventListener("focus", ask);
}
