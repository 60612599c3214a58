const { statSync } = require("node:fs");
const path = require("node:path");

// Loaded by stage 12, which is an ordinary user's: started by root in somebody's clone, it goes on as that
// somebody, to whom what root has made there belongs: the image, too.
const { uid, gid } = statSync(path.join(__dirname, "../.."));
if (process.geteuid?.() === 0 && uid !== 0) {
  process.setgroups([]);
  process.setgid(gid);
  process.setuid(uid);
}
