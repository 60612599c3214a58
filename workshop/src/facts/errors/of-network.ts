import type { KnownError } from "./known-error.ts";

/** Errors of ip(8) and nft(8). */
export const networkErrors: KnownError[] = [
  {
    pattern: /^.*Cannot find device "?eth/m,
    hint: "The cable was not there yet. run() can make it only when the container is, so child() has to wait: readFileSync(4) ends when run() has written to the pipe, and closed it.",
  },
  {
    pattern: /^.*ip link add.*Invalid "netns" value/m,
    hint: "The end of the cable goes into the network namespace of a process: container.pid, as the host numbers it.",
  },
];
