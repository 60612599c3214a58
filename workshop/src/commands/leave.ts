import { takeAway } from "../board/student/ask-board.ts";
import { forgetJoined, readJoined } from "../board/student/joined.ts";

/** Runs `pnpm workshop leave`: takes the student off the board. */
export async function leave(): Promise<void> {
  const joined = readJoined();
  forgetJoined(); // first of all: from here on nothing is sent, whatever the board says
  if (joined === undefined) {
    console.log("\n  You are on no board, and nothing is sent.\n");
    return;
  }
  const { state } = await takeAway(joined);
  console.log("\n  You have left the board: nothing is sent any more.");
  if (state !== "taken") {
    console.log("  It did not answer, so it may still show you as you were: tell the teacher.");
  }
  console.log();
}
