import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/02-reexec.ts";
import * as attempts from "./mistakes/02-reexec.ts";

checkAttempts("02-reexec", { ...attempts, errors });
