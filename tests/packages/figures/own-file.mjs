// The same function, of which nothing but its own file is loaded.
import chunk from 'lodash-es/chunk.js';

export default ({ list }) => chunk(list, 2);
