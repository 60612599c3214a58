import { stages } from "../../stages/index.ts";
import { paint } from "../../terminal/paint.ts";
import type { Joined } from "./joined.ts";
import { standingOf } from "./standing-of.ts";

/** Returns, for people, who is told, and all that they are told: what would be sent now. */
export function showJoined(joined: Joined): string {
  const { stage, stages: begun, idle, help } = standingOf(joined);
  const rows = Object.entries(begun).map(([name, { held, passed, failed, hints }]) => {
    const of = stages.find((one) => one.name === name)?.facts.length;
    const parts = [
      passed ? "done" : `${held} of ${of} facts`,
      ...(failed ? [`fails: ${failed}`] : []),
      ...(hints > 0 ? [`hints read: ${hints}`] : []),
    ];
    return [name, parts.join(", ")];
  });
  const sent = [
    ["name", joined.name],
    ["stage", stage],
    ...rows,
    ["without progress", `${Math.floor(idle / 60)} minutes`],
    ["needs help", help === undefined ? "no" : "yes"],
  ];
  return `
  You are on the board at ${joined.address} as ${paint("bold", joined.name ?? "")}.

  This is sent to it, and again with each check, hint and call for help:

${sent.map(([what = "", value]) => `    ${what.padEnd(20)} ${value}`).join("\n")}

  That is all: never your code, and nothing else of this computer. It goes through the room's
  network as plain text, to the teacher's computer. When you leave, and after 12 hours at
  the latest, nothing is sent any more.

    ${paint("bold", "pnpm workshop help-me".padEnd(28))} calls the teacher; --done takes it back
    ${paint("bold", "pnpm workshop join".padEnd(28))} shows this again
    ${paint("bold", "pnpm workshop leave".padEnd(28))} takes you off the board
`;
}
