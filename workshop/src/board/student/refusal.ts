import type { Answer } from "./ask-board.ts";
import type { Joined } from "./joined.ts";

/** Returns the error that tells a student why they are not on the board, with what to type. */
export function refusal(answer: Exclude<Answer, { state: "taken" }>, joined: Joined): Error {
  const { address, name } = joined;
  if (answer.state === "away") {
    return new Error(
      `no board answers at ${address}: type the address as the teacher shows it, in the same network`,
    );
  }
  switch (answer.reason) {
    case "code":
      return new Error(
        `the board at ${address} has another code: type the address as the teacher shows it now`,
      );
    case "name":
      return new Error(`the name ${name} is taken on this board: type another one`);
    case "full":
      return new Error("the board is full: ask the teacher to take rows away");
    case "crowded":
      return new Error("the board is asked too often from here: wait a minute, then try again");
    case "left":
      return new Error("you have left this board: type pnpm workshop join again");
    default:
      return new Error(
        `the board at ${address} is of another version of the workshop: both need the same`,
      );
  }
}
