import Papa from 'papaparse';

export default ({ csv }) => {
  const { data, errors, meta } = Papa.parse(csv, { header: true, dynamicTyping: true, skipEmptyLines: true });
  return { data, errors, fields: meta.fields, csv: Papa.unparse(data, { delimiter: ';' }) };
};
