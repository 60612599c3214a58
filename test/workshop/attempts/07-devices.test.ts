import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/07-devices.ts";
import * as attempts from "./mistakes/07-devices.ts";

checkAttempts("07-devices", { ...attempts, errors });
