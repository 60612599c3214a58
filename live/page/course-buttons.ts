// In the course's own pages: a button before each command of a transcript, which has it typed into the terminal
// that the transcript is of.

const STYLE = `
  .type-it {
    margin-right: 8px; padding: 0 7px; border: 1px solid var(--vp-c-brand-1); border-radius: 5px;
    font: 600 11px/18px var(--vp-font-family-base); color: var(--vp-c-brand-1); user-select: none;
  }
  .type-it:hover { background: var(--vp-c-brand-1); color: var(--vp-c-bg); }
  @media print { .type-it { display: none } }`;

function addButtons(): void {
  for (const transcript of document.querySelectorAll(".transcript")) {
    const label = transcript.querySelector(".where")?.textContent ?? "";
    const terminal = Number(/terminal (\d)/.exec(label)?.[1] ?? 1);
    for (const command of transcript.querySelectorAll(".command")) {
      if (command.previousElementSibling?.matches(".type-it")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "type-it vp-copy-ignore";
      button.textContent = `▶ ${terminal}`;
      button.title = `Types it into terminal ${terminal}`;
      button.setAttribute("aria-label", `Type "${command.textContent}" into terminal ${terminal}`);
      const wish = {
        terminal,
        command: command.textContent,
        // Such as the number of a process, which is another one here
        hasExample: command.querySelector("var") !== null,
        place: command.closest(".on-container") ? "container" : "host",
      };
      button.addEventListener("click", () => window.parent.postMessage(wish, location.origin));
      command.before(button);
    }
  }
}

let page = "";

/** Tells which page it is, as the course goes from page to page without loading anew. */
function tellPage(): void {
  const now = location.pathname.replace(/^.*\//, "") + location.hash;
  if (now === page) return;
  page = now;
  window.parent.postMessage({ page }, location.origin);
}

if (window.parent !== window) {
  const style = document.createElement("style");
  style.textContent = STYLE;
  document.head.append(style);
  const update = () => {
    addButtons();
    tellPage();
  };
  // Vue draws the page again once it is alive, and on the way to another one
  new MutationObserver(update).observe(document.body, { childList: true, subtree: true });
  update();
}
