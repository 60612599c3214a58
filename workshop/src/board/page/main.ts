import type { Picture } from "../room/picture.ts";
import { showCounts } from "./counts.ts";
import { showHead } from "./head.ts";
import { showRows } from "./rows.ts";

/** The time between two drawings when nothing happens, in milliseconds: the minutes go on. */
const TICK = 10_000;

const token = takeToken();
let picture: Picture | undefined;
/** The milliseconds by which the board's clock is ahead of the browser's. */
let ahead = 0;

// It connects again by itself, as after a nap of the machine
const pictures = new EventSource(`secret/${token}/pictures`);
pictures.onmessage = ({ data }) => {
  picture = JSON.parse(data) as Picture;
  ahead = picture.now - Date.now();
  complain("");
  draw();
};
pictures.onerror = async () => {
  const { status } = await fetch(`secret/${token}/`, { method: "HEAD" }).catch(() => ({
    status: 0,
  }));
  if (pictures.readyState === EventSource.OPEN) return; // it is back already
  complain(
    status === 403
      ? "This page needs the address that pnpm workshop board has printed, with all that stands after the #."
      : "The board has ended: type pnpm workshop board again. This page then goes on.",
  );
  // A browser gives up for good when there is an answer, and it is a refusal
  if (pictures.readyState === EventSource.CLOSED && status !== 403) setTimeout(reload, TICK);
};
setInterval(draw, TICK);

function draw(): void {
  if (picture === undefined) return;
  const now = Date.now() + ahead;
  showCounts(picture, now);
  showHead(picture, draw);
  showRows(picture, now, (id) => {
    void fetch(`secret/${token}/students/${id}`, { method: "DELETE" });
  });
}

/** Says what is wrong. */
function complain(text: string): void {
  const trouble = document.querySelector("#trouble");
  if (trouble && trouble.textContent !== text) trouble.textContent = text;
}

/** Takes the token out of the address, so that no history and no projector shows it. */
function takeToken(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", location.pathname);
  }
  return encodeURIComponent(sessionStorage.getItem("token") ?? "none");
}

function reload(): void {
  location.reload();
}
