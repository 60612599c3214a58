import { withBase } from "vitepress";

/** Below this many pixels, a line is scrolled: made to fit, nobody could read it. */
const NARROW = 600;

/** Lets the "Play" buttons of the transcripts play. The player is fetched at the first click. */
export function playRecordings(): void {
  window.addEventListener("click", async ({ target }) => {
    if (!(target instanceof HTMLButtonElement) || !target.dataset.recording) return;
    const transcript = target.closest(".transcript");
    const stage = transcript?.querySelector<HTMLElement>(".player");
    if (stage) {
      stage.remove();
      target.textContent = "Play what happened";
      return;
    }
    target.textContent = "Back to the text";
    const screen = document.createElement("div");
    screen.className = "player";
    transcript?.prepend(screen);
    const { create } = await loadPlayer();
    const recording = withBase(`/recordings/${target.dataset.recording}.cast`);
    const look =
      screen.clientWidth < NARROW
        ? ({ fit: false, terminalFontSize: "13px" } as const)
        : ({ fit: "width" } as const);
    create(recording, screen, { autoPlay: true, ...look });
  });
}

async function loadPlayer() {
  await import("asciinema-player/dist/bundle/asciinema-player.css");
  return await import("asciinema-player");
}
