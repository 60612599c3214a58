import { defineComponent, h, onMounted, ref } from "vue";

const shown = ref(false);

/** A button that shows the speaker notes. The browser remembers it from page to page. */
export const NotesSwitch = defineComponent({
  setup() {
    onMounted(() => show(localStorage.getItem("speaker-notes") === "shown"));
    return () =>
      h(
        "button",
        {
          type: "button",
          class: "notes-switch",
          "aria-pressed": shown.value,
          onClick: () => show(!shown.value),
        },
        "Speaker notes",
      );
  },
});

function show(wanted: boolean): void {
  shown.value = wanted;
  localStorage.setItem("speaker-notes", wanted ? "shown" : "hidden");
  document.documentElement.classList.toggle("with-speaker-notes", wanted);
}
