import type { HintsByFact } from "./hints.ts";

export const ociHints: HintsByFact = {
  "create-waits": {
    idea: "An engine wants to do something to a container that is complete, such as to plug in a cable. So create makes all of it but the program. Its process reads from a FIFO, and that takes until somebody writes.",
    direction:
      "launch(line) makes it, and returns when the process waits. Then create has nothing more to do, but the pipe to its child would keep Node alive: process.exit().",
    code: ["async function create("],
  },
  state: {
    idea: "No call of a runtime stays until the next one. What is known of a container is in a file, and each call reads that.",
    direction:
      "load(line) reads the record. publicState() makes of it what the specification wants: print that, as JSON.",
    code: ["function state("],
  },
  start: {
    idea: "The process is there, in all its namespaces, and is still Node. It becomes the program, by execve, as soon as it has read one byte.",
    direction:
      "openStart(folderOf(line)) opens the FIFO. writeSync() a byte, closeSync(), and then waitForProgram(): it throws what the program could not be executed for.",
    code: ["function start("],
  },
  states: {
    idea: "Who calls start changes the state, for all that comes after. That the process has ended, nobody notes: whoever asks has to look.",
    direction:
      'In start: container.status = "running", and save() it, before the byte is written. statusOf() and publicState() look for the process.',
    code: ['container.status = "running";', "save(folder, container);"],
  },
  "start-once": {
    idea: "The specification says for each call in which state it may be made. In any other, it must fail, and have no effect.",
    direction: "Ask statusOf() first, and throw an Error unless it says created.",
    code: ['if (status !== "created") {', "if (fd === undefined)"],
  },
  kill: {
    idea: "An engine passes on what somebody has typed: TERM, SIGTERM or 15. Without anything, kill(1) sends SIGTERM, and so does a runtime.",
    direction:
      "The words after the container's name are line.args. readSignal() makes a number of the first, and send() sends that to container.pid.",
    code: ["function kill("],
  },
  "kill-stopped": {
    idea: "A process ends, and its PID may be another's soon. Who sends a signal to it then, kills somebody else.",
    direction:
      'statusOf() knows it by the time at which it was started. When that is "stopped", throw an Error and send nothing.',
    code: ['if (statusOf(container) === "stopped")'],
  },
  delete: {
    idea: "What create has made outlives the process: cgroups, and the folder with the state. Only when the folder is gone is the name free.",
    direction: "removeContainer() removes it all, and calls the hooks for that.",
    code: ["function remove("],
  },
  "delete-alive": {
    idea: "Who deletes a container that still runs may have the wrong name in mind.",
    direction: 'Unless statusOf() says "stopped", throw an Error, and do nothing.',
    code: ['if (status !== "stopped" && !force) {'],
  },
  "delete-force": {
    idea: "An engine that cleans up wants no questions: end it, remove it, and if it is gone already, so much the better.",
    direction:
      'line.options has a "--force" then. isThere() tells whether there is such a container; if not, forget() its folder, which may be left of one that was never finished.',
    code: ["if (force && !isThere(line)) {"],
  },
  run: {
    idea: "run is for people. All calls are there by now: it makes them one after the other, and waits in between.",
    direction:
      "child = await launch(line), start(line), process.exitCode = await wait(child), removeContainer() whatever happens. With a terminal, openTerminal() comes first, and its stdio goes to launch().",
    code: ["async function run("],
  },
};
