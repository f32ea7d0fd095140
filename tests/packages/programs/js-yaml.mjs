import { dump, load } from 'js-yaml';

export default ({ text }) => {
  const document = load(text);
  return { document, text: dump(document, { sortKeys: true }) };
};
