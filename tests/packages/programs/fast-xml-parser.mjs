import { XMLBuilder, XMLParser } from 'fast-xml-parser';

const options = { ignoreAttributes: false };
const parser = new XMLParser(options);
const builder = new XMLBuilder({ ...options, format: true });

export default ({ xml }) => {
  const tree = parser.parse(xml);
  return { tree, xml: builder.build(tree) };
};
