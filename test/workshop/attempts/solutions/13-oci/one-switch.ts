import { writeFileSync } from "node:fs";
import path from "node:path";
import { readCommandLine } from "oci/command-line";
import { exec } from "oci/commands/exec";
import { features, version } from "oci/commands/features";
import { launch } from "oci/container/launch";
import { removeContainer } from "oci/container/remove";
import { readSignal, send } from "oci/container/signals";
import { waitForProgram } from "oci/container/start-fifo";
import { folderOf, load, publicState, save, statusOf } from "oci/container/state";
import { child } from "oci/init/child";
import { childOfExec } from "oci/init/child-of-exec";
import { logErrors } from "oci/log";
import { wait } from "shared-native";

const options: Record<string, string> = {};
logErrors(options);
const line = readCommandLine(process.argv.slice(2), options);
const the = () => load(line);

switch (line.command) {
  case "create":
    await launch(line);
    process.exit(0);
    break;
  case "start":
    start();
    break;
  case "state":
    process.stdout.write(JSON.stringify(publicState(the())));
    break;
  case "kill": {
    const [signal = "15"] = line.args;
    const number = readSignal(signal);
    if (statusOf(the()) === "stopped") throw new Error("it has stopped");
    send(the().pid, number);
    break;
  }
  case "delete":
    if (options["--force"]) removeByForce();
    else if (statusOf(the()) === "stopped") removeContainer(folderOf(line), the(), options);
    else throw new Error("stop it first, or type --force");
    break;
  case "run": {
    const program = await launch(line);
    start();
    process.exitCode = await wait(program);
    removeByForce();
    break;
  }
  case "exec":
    await exec(line);
    break;
  case "child":
    await child(line);
    break;
  case "child-of-exec":
    await childOfExec(line);
    break;
  case "features":
    features(line);
    break;
  default:
    version();
}

function start() {
  const container = the();
  if (statusOf(container) !== "created") throw new Error("only a new one can be started");
  save(folderOf(line), { ...container, status: "running" });
  writeFileSync(path.join(folderOf(line), "start"), "!");
  waitForProgram(folderOf(line));
}

function removeByForce() {
  try {
    removeContainer(folderOf(line), the(), options);
  } catch (error) {
    if (!/does not exist/.test(String(error))) throw error;
  }
}
