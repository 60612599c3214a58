import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/01-uts.ts";
import * as attempts from "./mistakes/01-uts.ts";

checkAttempts("01-uts", { ...attempts, errors });
