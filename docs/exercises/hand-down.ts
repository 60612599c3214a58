// Opens a file and hands its descriptor to a shell, which does not know the file's name.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";

const FILE = "/tmp/handed-down";

const descriptor = openSync(FILE, "w");
// The fourth element becomes descriptor 3 of the shell, whatever its number is here
spawnSync("sh", ["-c", "echo hi >&3"], { stdio: ["inherit", "inherit", "inherit", descriptor] });
closeSync(descriptor);

console.log(`${FILE}: ${readFileSync(FILE, "utf8").trim()}`);
rmSync(FILE);
