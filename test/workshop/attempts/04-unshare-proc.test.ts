import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/04-unshare-proc.ts";
import * as attempts from "./mistakes/04-unshare-proc.ts";

checkAttempts("04-unshare-proc", { ...attempts, errors });
