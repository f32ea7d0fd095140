import { bufferCount, catchError, concatMap, from, groupBy, lastValueFrom, map, mergeMap, of, reduce, scan, throwError, toArray, zip } from 'rxjs';

export default async ({ numbers }) => {
  const collected = (observable) => lastValueFrom(observable.pipe(toArray()));
  const source = from(numbers);
  return {
    sums: await collected(source.pipe(scan((sum, number) => sum + number, 0))),
    groups: await collected(source.pipe(groupBy((number) => number % 3), mergeMap((group) => group.pipe(reduce((all, number) => [...all, number], []))))),
    zipped: await collected(zip(source, source.pipe(map(String)), source.pipe(bufferCount(2)))),
    promised: await collected(source.pipe(concatMap(async (number) => number * 10))),
    caught: await collected(throwError(() => new Error('late')).pipe(catchError((error) => of(error.message)))),
  };
};
