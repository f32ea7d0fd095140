import JSON5 from 'json5';

export default ({ text }) => {
  const value = JSON5.parse(text);
  return { value, text: JSON5.stringify(value, { space: 2, quote: "'" }) };
};
