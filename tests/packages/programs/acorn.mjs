import { parse } from 'acorn';

// Names and positions of all functions of a program.
export default ({ source }) => {
  const functions = [];
  for (const node of parse(source, { ecmaVersion: 2022, sourceType: 'module', locations: true }).body) {
    const declaration = node.declaration ?? node;
    if (declaration.type === 'FunctionDeclaration') {
      functions.push({
        name: declaration.id.name,
        line: declaration.loc.start.line,
        parameters: declaration.params.map((parameter) => parameter.type),
      });
    }
  }
  return functions;
};
