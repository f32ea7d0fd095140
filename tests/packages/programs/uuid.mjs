import { NIL, parse, stringify, v3, v5, validate, version } from 'uuid';

export default ({ names, ids }) => ({
  named: names.map((name) => [v3(name, v3.DNS), v5(name, v5.URL)]),
  checked: ids.map((id) => (validate(id) ? version(id) : false)),
  bytes: [...parse(v5('bytes', NIL))],
  again: stringify(parse(v5('bytes', NIL))),
});
