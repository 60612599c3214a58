// The half of the live page that is where the containers are: it has the host, its terminals and the eyes
// on it. It speaks with the server in lines of JSON, and ends with its input.
//   main.ts            beside the server
//   main.ts sandbox    the same, on a host of its own also where this machine is a lab itself
//   main.ts copy       in a lab, which has a copy of the repo
import { createInterface } from "node:readline";
import { isLab } from "host";
import type { FromInside, ToInside } from "../messages.ts";
import { openInside } from "./open-inside.ts";

let isFull = false;
const words = process.argv.slice(2);
const kind = { isSandbox: words.includes("sandbox") || !isLab(), isCopy: words.includes("copy") };
const inside = openInside(kind, (message: FromInside) => {
  if (process.stdout.write(`${JSON.stringify(message)}\n`) || isFull) return;
  // Nobody reads so fast: the programs in the terminals wait, as with any terminal
  isFull = true;
  inside.pause();
  process.stdout.once("drain", () => {
    isFull = false;
    inside.resume();
  });
});
process.stdout.on("error", () => {}); // the server has ended, and so has our input

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, inside.close);
for await (const line of createInterface({ input: process.stdin })) {
  inside.take(JSON.parse(line) as ToInside);
}
await inside.close();
process.exit(); // whatever a terminal still holds
