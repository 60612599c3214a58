// The half of the live page that is where the containers are: it has the host, its terminals and the eyes
// on it. It speaks with the server in lines of JSON, and ends with its input.
//   main.ts         beside the server
//   main.ts copy    in a lab, which has a copy of the repo
import { createInterface } from "node:readline";
import type { FromInside, ToInside } from "../messages.ts";
import { openInside } from "./open-inside.ts";

let isFull = false;
const isCopy = process.argv[2] === "copy";
const inside = openInside(isCopy, (message: FromInside) => {
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
