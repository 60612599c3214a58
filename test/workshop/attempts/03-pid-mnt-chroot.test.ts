import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/03-pid-mnt-chroot.ts";
import * as attempts from "./mistakes/03-pid-mnt-chroot.ts";

checkAttempts("03-pid-mnt-chroot", { ...attempts, errors });
