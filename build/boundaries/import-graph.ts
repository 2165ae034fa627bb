import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** One import as it stands in a source file. */
export interface Edge {
  readonly from: string;
  readonly line: number;
  /** A path below the root, or the name of a package, without a subpath. */
  readonly to: string;
  readonly isPackage: boolean;
  readonly typeOnly: boolean;
}

const SOURCE = /\.(ts|tsx|mts|mjs|js)$/;

/** Every import, re-export and dynamic import of the sources below the given folders. */
export function importGraph(root: string, folders: readonly string[]): readonly Edge[] {
  return folders.flatMap((folder) => sourcesUnder(join(root, folder)).flatMap(edgesOf(root)));
}

function edgesOf(root: string): (file: string) => Edge[] {
  return (file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.ESNext,
      true,
    );
    const edges: Edge[] = [];
    const visit = (node: ts.Node): void => {
      const named = importIn(node);
      if (named) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        const from = slashed(relative(root, file));
        edges.push({
          from,
          line,
          ...target(root, file, named.specifier),
          typeOnly: named.typeOnly,
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return edges;
  };
}

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function importIn(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause;
    return literal(node.moduleSpecifier, clause !== undefined && isTypeOnly(clause));
  }
  if (ts.isExportDeclaration(node)) return literal(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return literal(node.argument.literal, true);
  }
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isImport || isRequire ? literal(node.arguments[0], false) : undefined;
}

function isTypeOnly(clause: ts.ImportClause): boolean {
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

function literal(node: ts.Node | undefined, typeOnly: boolean): Import | undefined {
  return node && ts.isStringLiteralLike(node) ? { specifier: node.text, typeOnly } : undefined;
}

function target(
  root: string,
  file: string,
  specifier: string,
): { readonly to: string; readonly isPackage: boolean } {
  if (!specifier.startsWith('.')) {
    const words = specifier.split('/');
    const name = specifier.startsWith('@') ? words.slice(0, 2).join('/') : (words[0] ?? specifier);
    return { to: specifier.startsWith('node:') ? specifier : name, isPackage: true };
  }
  const path = resolve(dirname(file), specifier.replace(/\?.*$/, ''));
  return { to: slashed(relative(root, path)), isPackage: false };
}

function sourcesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](node_modules|fixtures)[\\/]/.test(file))
    .sort();
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
