// node run-mirror.ts <folder>: start.sh installs from it where nothing is installed yet, so it imports
// no packages
import { startMirror } from "./mirror.ts";

console.log((await startMirror(process.argv[2] ?? ".")).url);
