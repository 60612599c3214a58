import { checkAttempts } from "./check-attempts.ts";
import { errors } from "./errors/13-oci.ts";
import * as attempts from "./mistakes/13-oci.ts";

checkAttempts("13-oci", { ...attempts, errors });
