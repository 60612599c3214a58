import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/11-privileges.ts";
import * as attempts from "./mistakes/11-privileges.ts";

checkAttempts("11-privileges", { ...attempts, errors });
