const { statSync } = require("node:fs");
const path = require("node:path");

// Loaded by stage 12, which is an ordinary user's: run() that root starts in somebody's clone goes on as that
// somebody, to whom what root has made there belongs: the image, too. child() is root of its own namespace.
const { uid, gid } = statSync(path.join(__dirname, "../.."));
if (process.argv[2] === "run" && process.geteuid?.() === 0 && uid !== 0) {
  process.setgroups([]);
  process.setgid(gid);
  process.setuid(uid);
}
