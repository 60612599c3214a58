import * as attempts from "./attempts/02-reexec.ts";
import { checkAttempts } from "./check-attempts.ts";

checkAttempts("02-reexec", attempts);
