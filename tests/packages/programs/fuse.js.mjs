import Fuse from 'fuse.js';

export default ({ books, queries }) => {
  const fuse = new Fuse(books, { keys: ['title', 'author'], includeScore: true, threshold: 0.4 });
  return queries.map((query) => fuse.search(query).map(({ item, score }) => [item.title, score]));
};
