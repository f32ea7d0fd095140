import { minify } from 'uglify-js';

export default ({ source }) => minify(source, { toplevel: true }).code;
