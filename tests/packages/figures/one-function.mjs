// All of lodash-es is loaded, and one function of it is used.
import { chunk } from 'lodash-es';

export default ({ list }) => chunk(list, 2);
