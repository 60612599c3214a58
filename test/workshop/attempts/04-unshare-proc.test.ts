import { checkAttempts } from "./check-attempts.ts";
import * as attempts from "./mistakes/04-unshare-proc.ts";

checkAttempts("04-unshare-proc", attempts);
