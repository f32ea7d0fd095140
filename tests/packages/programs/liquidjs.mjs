import { Liquid } from 'liquidjs';

const liquid = new Liquid();
liquid.registerFilter('money', (cents) => `${(cents / 100).toFixed(2)} EUR`);
const template = liquid.parse(
  '{% assign total = 0 %}{% for line in lines %}{{ forloop.index }}. {{ line.name | capitalize | escape }}: {{ line.cents | money }}\n' +
    '{% assign total = total | plus: line.cents %}{% endfor %}{% if total > 1000 %}free shipping{% else %}{{ total | money }}{% endif %}',
);

export default (order) => liquid.render(template, order);
