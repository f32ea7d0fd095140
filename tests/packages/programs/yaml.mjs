import { parse, parseDocument, stringify } from 'yaml';

export default ({ text, broken }) => {
  const document = parseDocument(text);
  document.setIn(['job', 'steps', 0], 'prepare');
  return { value: parse(text), edited: String(document), text: stringify(parse(text)), errors: parseDocument(broken).errors.map(({ code, message }) => [code, message]) };
};
