import { enablePatches, produceWithPatches } from 'immer';

enablePatches();

export default (order) => {
  const [next, patches, inverse] = produceWithPatches(order, (draft) => {
    draft.lines.push({ sku: 'c', quantity: 1 });
    draft.lines[0].quantity += 2;
    delete draft.note;
  });
  return { next, patches, inverse, shared: next.address === order.address, frozen: Object.isFrozen(next) };
};
