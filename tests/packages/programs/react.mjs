import { Children, cloneElement, createElement as h, isValidElement, version } from 'react';

// A renderer of elements in a few lines: what react itself has without react-dom.
const render = (node) => {
  if (!isValidElement(node)) return String(node ?? '');
  const { type, props } = node;
  if (typeof type === 'function') return render(type(props));
  return `<${type}>${Children.toArray(props.children).map(render).join('')}</${type}>`;
};
const Line = ({ name, price, currency = 'EUR' }) => h('li', null, name, ': ', price, ' ', currency);

export default ({ lines }) => {
  const elements = lines.map((line) => h(Line, { key: line.name, ...line }));
  const dollars = Children.map(elements, (element) => cloneElement(element, { currency: 'USD' }));
  return { major: version.split('.')[0], count: Children.count(elements), html: render(h('ul', null, elements, dollars)), keys: dollars.map(({ key }) => key) };
};
