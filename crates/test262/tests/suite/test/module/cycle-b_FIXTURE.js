import { log } from "./cycle-log_FIXTURE.js";
import { a } from "./cycle-a_FIXTURE.js";
if (a() !== "a") throw new Error("functions exist before their module is evaluated");
log.push("b");
