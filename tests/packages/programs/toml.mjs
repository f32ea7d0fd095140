import { parse } from 'toml';

export default ({ text }) => parse(text);
