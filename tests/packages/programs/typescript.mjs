import ts from 'typescript';

const compilerOptions = { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.ESNext };

export default ({ source }) => ts.transpileModule(source, { compilerOptions }).outputText;
