import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/12-rootless.ts";
import * as attempts from "./mistakes/12-rootless.ts";

checkAttempts("12-rootless", { ...attempts, errors });
