// jsc: --allow-eval
import _ from 'lodash';

export default ({ lines, template }) => ({
  text: _.template(template)({ names: _.map(lines, 'name') }),
  groups: _.mapValues(_.groupBy(lines, 'kind'), (group) => _.sumBy(group, 'price')),
  sorted: _.orderBy(lines, ['kind', 'price'], ['asc', 'desc']).map((line) => _.startCase(line.name)),
});
