import { JSONPath } from 'jsonpath-plus';

export default ({ json, paths }) =>
  paths.map((path) => ({ path, found: JSONPath({ path, json, eval: false, resultType: 'all' }) }));
