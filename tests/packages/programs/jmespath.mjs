import jmespath from 'jmespath';

export default ({ data, queries }) => queries.map((query) => jmespath.search(data, query));
