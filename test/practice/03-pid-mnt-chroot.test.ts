import * as attempts from "./attempts/03-pid-mnt-chroot.ts";
import { checkAttempts } from "./check-attempts.ts";

checkAttempts("03-pid-mnt-chroot", attempts);
