import { camelCase, chunk, cloneDeep, isEqual, merge, uniqBy } from 'lodash-es';

export default ({ lists, settings }) => {
  const copy = cloneDeep(settings);
  const merged = merge({}, ...settings);
  return {
    chunks: chunk(lists.numbers, 3),
    unique: uniqBy(lists.numbers, Math.abs),
    words: lists.words.map(camelCase),
    merged,
    untouched: isEqual(copy, settings) && copy !== settings,
  };
};
