import { checkAttempts } from "./check-attempts.ts";
import * as attempts from "./mistakes/05-cgroups.ts";

checkAttempts("05-cgroups", attempts);
