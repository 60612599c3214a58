import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/06-pivot-root.ts";
import * as attempts from "./mistakes/06-pivot-root.ts";

checkAttempts("06-pivot-root", { ...attempts, errors });
