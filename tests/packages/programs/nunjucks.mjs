import nunjucks from 'nunjucks';

const environment = new nunjucks.Environment(null, { autoescape: true });
environment.addFilter('money', (cents) => `${(cents / 100).toFixed(2)} EUR`);
const template = nunjucks.compile(
  '{% macro row(line) %}<td>{{ line.name | title }}</td><td>{{ line.cents | money }}</td>{% endmacro %}' +
    '{% for line in lines %}<tr class="{{ "odd" if loop.index is odd else "even" }}">{{ row(line) }}</tr>{% else %}none{% endfor %}' +
    '{{ lines | length }} {{ lines | join(", ", "name") | upper }}',
  environment,
);
// The first call compiles the template, which is wanted at build time.
template.render({ lines: [] });

export default (order) => template.render(order);
