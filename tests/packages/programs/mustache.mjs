import Mustache from 'mustache';

const template = 'Dear {{name}},\n{{#lines}}- {{> line}}\n{{/lines}}{{^lines}}no lines\n{{/lines}}{{! hidden }}{{{raw}}}';
const partials = { line: '{{title}} x {{quantity}}' };

export default (order) => Mustache.render(template, order, partials);
