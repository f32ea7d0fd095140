import { log } from "./cycle-log_FIXTURE.js";
import "./cycle-b_FIXTURE.js";
export function a() { return "a"; }
log.push("a");
