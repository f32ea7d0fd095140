import Handlebars from 'handlebars';

Handlebars.registerHelper('money', (cents) => `${(cents / 100).toFixed(2)} EUR`);
const template = Handlebars.compile(
  '<ul>{{#each lines}}<li>{{@index}}. {{name}}: {{money cents}}{{#if gift}} (gift){{/if}}</li>{{else}}<li>none</li>{{/each}}</ul>',
);
// The first call compiles the template, which is wanted at build time.
template({ lines: [] });

export default (order) => template(order);
