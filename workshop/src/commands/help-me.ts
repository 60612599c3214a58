import { sendStanding } from "../board/student/ask-board.ts";
import { type Joined, readJoined, writeJoined } from "../board/student/joined.ts";
import { refusal } from "../board/student/refusal.ts";
import { tellBoard } from "../board/student/tell-board.ts";

/** Runs `pnpm workshop help-me`: calls the teacher; `--done` takes it back. */
export async function helpMe({ done }: { done: boolean }): Promise<void> {
  const before = readJoined();
  if (before === undefined) {
    throw new Error(
      'you are on no board: raise your hand, or type "pnpm workshop join <address>" first',
    );
  }
  const { help = new Date().toISOString(), ...others } = before;
  const joined: Joined = done ? others : { ...others, help };
  writeJoined(joined);
  const answer = await sendStanding(joined);
  if (answer.state === "refused") throw refusal(answer, joined);
  const isAway = answer.state === "away";
  if (isAway) tellBoard();
  const said = done
    ? "Your call for help is taken back."
    : "The teacher is told that you need help. When you have it: pnpm workshop help-me --done";
  const later = "The board does not answer now: it is told as soon as it does.";
  console.log(`\n  ${isAway ? later : said}\n`);
}
