import ts from 'typescript';
import { type Reference, typeText } from './type-text.ts';

/** Texts that stand in for files, by absolute path: for tests, and to ask what a change would do. */
export type FileTexts = ReadonlyMap<string, string>;

/**
 * The public shape of a module in a form that only changes when its users could notice: every type it exports, and
 * every type of the same source tree that these lead to, expanded by the compiler, without comments, members and
 * types in alphabetical order. One line per member, so that a difference reads as one.
 *
 * @param entry absolute path of the module
 * @param options the compiler's; declarations are read as they would be for a build
 * @throws Error when the module does not compile: a shape with errors in it says nothing
 */
export function declarationShape(
  entry: string,
  options: ts.CompilerOptions,
  texts: FileTexts = new Map(),
): string {
  const program = ts.createProgram([entry], options, hostWith(texts, options));
  const faults = ts.getPreEmitDiagnostics(program);
  if (faults.length > 0) throw new Error(faultText(faults));
  const source = program.getSourceFile(entry);
  const module = source && program.getTypeChecker().getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry} exports nothing`);
  return new Shape(program, module).text();
}

class Shape {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  /** Symbols that are to be described, by the name under which they are. */
  readonly #named = new Map<string, ts.Symbol>();
  readonly #unions = new Map<ts.Type, string>();
  readonly #waiting: [name: string, symbol: ts.Symbol][] = [];

  constructor(program: ts.Program, module: ts.Symbol) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
    for (const exported of this.#checker.getExportsOfModule(module)) {
      const aliased = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      this.#add(exported.name, aliased ? this.#checker.getAliasedSymbol(exported) : exported);
    }
  }

  text(): string {
    const described = new Map<string, string>();
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) {
      described.set(next[0], this.#describe(...next));
    }
    const names = [...described.keys()].sort(byCodeUnit);
    return `${names.map((name) => described.get(name)).join('\n\n')}\n`;
  }

  #add(name: string, symbol: ts.Symbol): void {
    this.#named.set(name, symbol);
    if ((symbol.flags & ts.SymbolFlags.TypeAlias) !== 0) {
      const type = this.#checker.getDeclaredTypeOfSymbol(symbol);
      if (type.isUnion()) this.#unions.set(type, name);
    }
    this.#waiting.push([name, symbol]);
  }

  readonly #reference: Reference = {
    ofSymbol: (symbol) => {
      const declaration = symbol.declarations?.[0];
      if (!declaration || this.#isForeign(declaration.getSourceFile())) return undefined;
      for (const [name, known] of this.#named) if (known === symbol) return name;
      let name = symbol.name;
      while (this.#named.has(name)) name += "'";
      this.#add(name, symbol);
      return name;
    },
    ofUnion: (type) => this.#unions.get(type),
  };

  #isForeign(source: ts.SourceFile): boolean {
    return (
      this.#program.isSourceFileDefaultLibrary(source) ||
      this.#program.isSourceFileFromExternalLibrary(source)
    );
  }

  #describe(name: string, symbol: ts.Symbol): string {
    const isType = (symbol.flags & ts.SymbolFlags.Type) !== 0;
    if (!isType) {
      const type = this.#checker.getTypeOfSymbol(symbol);
      return `value ${name} = ${typeText(type, this.#checker, this.#reference, { expand: true })}`;
    }
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol);
    const parameters = this.#parameters(symbol);
    return `type ${name}${parameters} = ${typeText(type, this.#checker, this.#reference, { expand: true })}`;
  }

  #parameters(symbol: ts.Symbol): string {
    const declared = symbol.declarations?.flatMap((declaration) =>
      ts.isInterfaceDeclaration(declaration) ||
      ts.isTypeAliasDeclaration(declaration) ||
      ts.isClassDeclaration(declaration)
        ? [...(declaration.typeParameters ?? [])]
        : [],
    );
    if (!declared || declared.length === 0) return '';
    const say = (node: ts.TypeNode) =>
      typeText(this.#checker.getTypeFromTypeNode(node), this.#checker, this.#reference);
    return `<${declared
      .map(
        (parameter) =>
          parameter.name.text +
          (parameter.constraint ? ` extends ${say(parameter.constraint)}` : '') +
          (parameter.default ? ` = ${say(parameter.default)}` : ''),
      )
      .join(', ')}>`;
  }
}

function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function hostWith(texts: FileTexts, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    directoryExists: (path) =>
      [...texts.keys()].some((file) => file.startsWith(`${path}/`)) || ts.sys.directoryExists(path),
    fileExists: (path) => texts.has(path) || host.fileExists(path),
    readFile: (path) => texts.get(path) ?? host.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const text = texts.get(path);
      return text === undefined
        ? host.getSourceFile(path, version, ...rest)
        : ts.createSourceFile(path, text, version, true);
    },
  };
}

function faultText(faults: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(faults, {
    getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
    getCanonicalFileName: (path) => path,
    getNewLine: () => '\n',
  });
}
