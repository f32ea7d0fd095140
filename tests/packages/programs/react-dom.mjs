import { createElement as h, useId, useState } from 'react';
import { renderToStaticMarkup, renderToString } from 'react-dom/server';

const Order = ({ name, lines }) => {
  const [open] = useState(true);
  return h('ul', { id: useId(), className: 'order', hidden: !open }, name, lines.map((line) => h('li', { key: line }, line)));
};

export default (order) => [renderToString(h(Order, order)), renderToStaticMarkup(h(Order, order))];
