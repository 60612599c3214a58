import { checkAttempts } from "./check-attempts.ts";
import * as attempts from "./mistakes/01-uts.ts";

checkAttempts("01-uts", attempts);
