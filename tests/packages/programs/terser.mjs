import { minify } from 'terser';

export default async ({ source }) => (await minify(source, { toplevel: true, compress: { passes: 2 } })).code;
