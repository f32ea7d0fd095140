import { marked } from 'marked';

export default ({ text }) => ({
  html: marked.parse(text),
  tokens: marked.lexer(text).map((token) => token.type),
});
