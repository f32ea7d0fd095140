import * as R from 'ramda';

const total = R.pipe(R.map(R.converge(R.multiply, [R.prop('price'), R.prop('quantity')])), R.sum);

export default (lines) => ({
  total: total(lines),
  byKind: R.map(R.pluck('name'), R.groupBy(R.prop('kind'), lines)),
  sorted: R.map(R.view(R.lensPath(['name'])), R.sortWith([R.ascend(R.prop('kind')), R.descend(R.prop('price'))], lines)),
  evolved: R.evolve({ price: R.negate, kind: R.toUpper }, R.head(lines)),
  pairs: R.toPairs(R.countBy(R.prop('kind'), lines)),
});
