const epoch = new Date(0);
const leap = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 500));
const moved = new Date(leap);
moved.setUTCMonth(12);
const parsed = ["2024-05-06", "2024-05-06T07:08:09Z", "2024-05-06T07:08:09.123+02:00", "nonsense"].map((t) => new Date(t));
const invalid = new Date(NaN);
console.log(epoch.toISOString(), leap.toJSON(), moved.toISOString(), leap.getUTCDay());
console.log(parsed.map((date) => date.getTime()).join(), String(invalid), leap - epoch, leap > epoch);
try { invalid.toISOString(); } catch (error) { console.log(error.name); }
console.log(new Date(8.64e15).getTime(), new Date(8.64e15 + 1).getTime(), Date.UTC(1970), `${epoch[Symbol.toPrimitive]("number")}`);
