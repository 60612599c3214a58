import * as attempts from "./attempts/04-unshare-proc.ts";
import { checkAttempts } from "./check-attempts.ts";

checkAttempts("04-unshare-proc", attempts);
