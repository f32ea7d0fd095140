import { addMonths, differenceInDays, eachWeekendOfInterval, format, formatDistance, parseISO } from 'date-fns';
import { de } from 'date-fns/locale';

export default ({ from, to }) => {
  const [start, end] = [parseISO(from), parseISO(to)];
  return {
    days: differenceInDays(end, start),
    distance: formatDistance(start, end),
    nextMonth: format(addMonths(start, 1), 'EEEE, do MMMM yyyy'),
    german: format(end, 'PPPP', { locale: de }),
    weekends: eachWeekendOfInterval({ start, end }).map((day) => format(day, 'yyyy-MM-dd')),
  };
};
