import { parseScript, tokenize } from 'esprima';

export default ({ source }) => ({ tokens: tokenize(source), tree: parseScript(source) });
