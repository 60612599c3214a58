// Sends a student's standing to the board, and tries again while that is away, as when it sleeps
import { setTimeout as sleep } from "node:timers/promises";
import { readProgress } from "../../practice/progress.ts";
import { sendStanding } from "./ask-board.ts";
import { readJoined } from "./joined.ts";
import { takeTurn } from "./take-turn.ts";

/** The time after which the student's next command is to send it, in milliseconds. */
const ENOUGH = 60 * 60 * 1000;

/** The longest time between two attempts, in milliseconds. */
const LONGEST = 15_000;

const end = Date.now() + ENOUGH;
let nap = new AbortController();
const endTurn = await takeTurn(readJoined()?.key ?? "", () => nap.abort());
if (endTurn !== undefined) {
  await keepSending();
  endTurn();
}

async function keepSending(): Promise<void> {
  let sent = "";
  for (let pause = 500; Date.now() < end; pause = Math.min(2 * pause, LONGEST)) {
    nap = new AbortController();
    const joined = readJoined();
    const news = JSON.stringify([joined, readProgress()]);
    if (joined === undefined || news === sent) return;
    const answer = await sendStanding(joined);
    if (answer.state === "refused" && answer.reason !== "crowded") return;
    if (answer.state === "taken")
      sent = news; // but there may be newer news
    else await sleep(pause, undefined, { signal: nap.signal }).catch(() => {}); // or woken up
  }
}
