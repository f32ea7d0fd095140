import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ linkify: true, typographer: true });

export default ({ text }) => markdown.render(text);
