// jsc: --keep Date
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);

export default ({ day, months }) => {
  const start = dayjs.utc(day);
  return months.map((count) => start.add(count, 'month').format('dddd DD/MM/YYYY'));
};
