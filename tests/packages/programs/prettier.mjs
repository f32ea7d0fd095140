import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import * as prettier from 'prettier/standalone';

export default ({ source }) => prettier.format(source, { parser: 'babel', plugins: [babel, estree.default ?? estree], singleQuote: true });
