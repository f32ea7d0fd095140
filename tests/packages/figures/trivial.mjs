// All of lodash-es is loaded, and the least of it is called.
import { identity } from 'lodash-es';

export default ({ list }) => identity(list);
