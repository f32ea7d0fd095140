import { createContext, h } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { render } from 'preact-render-to-string';

const Currency = createContext('EUR');
const Line = ({ name, price }) => h('li', { class: price > 5 ? 'dear' : undefined }, name, ': ', price, ' ', useContext(Currency));
const Order = ({ lines }) => {
  const total = useMemo(() => lines.reduce((sum, line) => sum + line.price, 0), [lines]);
  return h('ul', { style: { color: 'red', marginTop: 4 } }, lines.map((line) => h(Line, { key: line.name, ...line })), h('hr'), total);
};

export default ({ currency, lines }) => render(h(Currency.Provider, { value: currency }, h(Order, { lines })));
