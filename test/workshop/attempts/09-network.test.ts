import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/09-network.ts";
import * as attempts from "./mistakes/09-network.ts";

checkAttempts("09-network", { ...attempts, errors });
