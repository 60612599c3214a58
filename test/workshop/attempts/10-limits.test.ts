import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/10-limits.ts";
import * as attempts from "./mistakes/10-limits.ts";

checkAttempts("10-limits", { ...attempts, errors });
