import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/05-cgroups.ts";
import * as attempts from "./mistakes/05-cgroups.ts";

checkAttempts("05-cgroups", { ...attempts, errors });
