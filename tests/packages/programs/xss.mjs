import { FilterXSS } from 'xss';

const filter = new FilterXSS({ whiteList: { b: [], a: ['href', 'title'], p: ['style'] }, stripIgnoreTag: true });

export default (texts) => texts.map((text) => filter.process(text));
