import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/08-overlay.ts";
import * as attempts from "./mistakes/08-overlay.ts";

checkAttempts("08-overlay", { ...attempts, errors });
