import * as attempts from "./attempts/05-cgroups.ts";
import { checkAttempts } from "./check-attempts.ts";

checkAttempts("05-cgroups", attempts);
