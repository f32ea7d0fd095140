import { DateTime, Duration } from 'luxon';

export default ({ hours, minutes, day }) => ({
  duration: Duration.fromObject({ hours, minutes }).toISO(),
  week: DateTime.fromISO(day, { zone: 'utc' }).toISOWeekDate(),
});
