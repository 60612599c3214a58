import * as attempts from "./attempts/01-uts.ts";
import { checkAttempts } from "./check-attempts.ts";

checkAttempts("01-uts", attempts);
