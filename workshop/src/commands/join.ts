import { randomUUID } from "node:crypto";
import { readAddress, readName } from "../board/student/address.ts";
import { sendStanding, takeAway } from "../board/student/ask-board.ts";
import { type Joined, readJoined, writeJoined } from "../board/student/joined.ts";
import { refusal } from "../board/student/refusal.ts";
import { showJoined } from "../board/student/show-joined.ts";
import { tellBoard } from "../board/student/tell-board.ts";

/** Runs `pnpm workshop join 192.168.1.20:7070/k7mpqx Anna`; alone, it tells what is sent, and to whom. */
export async function join(address: string | undefined, words: string[]): Promise<void> {
  const before = readJoined();
  if (address === undefined) {
    await tellStanding(before);
    return;
  }
  const place = readAddress(address);
  const name = readName(words);
  const isSameRoom = before?.code === place.code;
  const joined: Joined = {
    key: randomUUID(),
    ...(isSameRoom && before),
    ...place,
    ...(name && { name }),
    since: new Date().toISOString(),
  };
  const answer = await sendStanding(joined);
  if (answer.state !== "taken") throw refusal(answer, joined);
  writeJoined({ ...joined, name: answer.name });
  if (before !== undefined && !isSameRoom) await takeAway(before);
  console.log(showJoined({ ...joined, name: answer.name }));
}

async function tellStanding(joined: Joined | undefined): Promise<void> {
  if (joined === undefined) {
    console.log("\n  You are on no board, and nothing is sent.\n");
    return;
  }
  console.log(showJoined(joined));
  const answer = await sendStanding(joined);
  if (answer.state === "refused") throw refusal(answer, joined);
  if (answer.state === "taken") return;
  console.log("  The board does not answer now: it is told as soon as it does.\n");
  tellBoard();
}
