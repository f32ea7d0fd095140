import MiniSearch from 'minisearch';

const index = new MiniSearch({ fields: ['title', 'text'], storeFields: ['title'] });
// The index is made at build time.
index.addAll([
  { id: 1, title: 'Moby-Dick', text: 'Call me Ishmael. Some years ago' },
  { id: 2, title: 'Zen and the Art of Motorcycle Maintenance', text: 'I can see by my watch' },
  { id: 3, title: 'Neuromancer', text: 'The sky above the port was the color of television' },
]);

export default ({ queries }) => ({
  found: queries.map((query) =>
    index
      .search(query, { prefix: true, fuzzy: 0.25, boost: { title: 2 } })
      .map(({ id, title, score, terms }) => ({ id, title, terms, score: score.toFixed(6) })),
  ),
  suggested: index.autoSuggest('zen ar', { fuzzy: 0.2 }).map(({ suggestion }) => suggestion),
});
