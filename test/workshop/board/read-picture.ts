import type { Picture } from "workshop/board/room/picture";
import type { Board } from "./open-room.ts";

/** Returns what the teacher's page would show now. */
export async function readPicture({ url, token }: Board): Promise<Picture> {
  const { origin } = new URL(url);
  const { body } = await fetch(`${origin}/secret/${token}/pictures`);
  let text = "";
  for await (const part of body ?? []) {
    text += Buffer.from(part).toString();
    const [, data] = /^data: (.*)\n\n/.exec(text) ?? [];
    if (data !== undefined) return JSON.parse(data);
  }
  throw new Error(`no picture: ${text}`);
}
