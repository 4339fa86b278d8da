import ts from 'typescript';

/** Knows the types that are described elsewhere. */
export interface Reference {
  /** The name for what a symbol declares, or nothing when it belongs to a library. */
  ofSymbol(symbol: ts.Symbol): string | undefined;
  /** The name for a union that has lost its own on the way: the compiler keeps names of aliases only where written. */
  ofUnion(type: ts.Type): string | undefined;
}

export interface TypeTextOptions {
  /** Writes out the type itself, of which otherwise only the name would be given. */
  readonly expand?: boolean;
}

/** A type as text: named types by their names, everything else written out in one fixed order. */
export function typeText(
  type: ts.Type,
  checker: ts.TypeChecker,
  reference: Reference,
  { expand = false }: TypeTextOptions = {},
): string {
  const say = (part: ts.Type) => typeText(part, checker, reference);
  const within = (part: ts.Type) => (isCompound(part) ? `(${say(part)})` : say(part));

  if (!expand) {
    const named = nameOf(type, checker, reference, say);
    if (named !== undefined) return named;
  }
  if (type.isUnion()) return unionText(type, within);
  if (type.isIntersection()) return type.types.map(within).sort().join(' & ');
  if (isObject(type) && !checker.isArrayType(type) && !checker.isTupleType(type)) {
    return membersText(type, checker, reference, expand);
  }
  return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
}

/** `Name<Arguments>` for an alias or an interface, also for one of the language's own (`Promise<Beat>`). */
function nameOf(
  type: ts.Type,
  checker: ts.TypeChecker,
  reference: Reference,
  say: (type: ts.Type) => string,
): string | undefined {
  if (type.aliasSymbol) {
    const name = reference.ofSymbol(type.aliasSymbol) ?? type.aliasSymbol.name;
    return name + argumentsText(type.aliasTypeArguments, say);
  }
  if (!isObject(type)) return type.isUnion() ? reference.ofUnion(type) : undefined;
  if (checker.isArrayType(type) || checker.isTupleType(type)) return sequenceText(type, checker, say);
  const symbol = type.getSymbol();
  if (!symbol || (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) === 0) return undefined;
  const name = reference.ofSymbol(symbol) ?? symbol.name;
  return name + argumentsText(checker.getTypeArguments(type as ts.TypeReference), say, symbol);
}

function argumentsText(
  types: readonly ts.Type[] | undefined,
  say: (type: ts.Type) => string,
  owner?: ts.Symbol,
): string {
  // The checker appends `this` to the arguments of an interface that mentions it.
  const shown = (types ?? []).filter((type) => !(isThis(type) && type.getSymbol() === owner));
  return shown.length > 0 ? `<${shown.map(say).join(', ')}>` : '';
}

function isThis(type: ts.Type): boolean {
  return type.isTypeParameter() && 'isThisType' in type && type.isThisType === true;
}

function sequenceText(type: ts.Type, checker: ts.TypeChecker, say: (type: ts.Type) => string): string {
  const types = checker.getTypeArguments(type as ts.TypeReference);
  if (checker.isTupleType(type)) {
    const { target } = type as ts.TupleTypeReference;
    const parts = types.map((part, index) => {
      const flags = target.elementFlags[index] ?? ts.ElementFlags.Required;
      const rest = (flags & ts.ElementFlags.Variable) !== 0 ? '...' : '';
      const optional = (flags & ts.ElementFlags.Optional) !== 0 ? '?' : '';
      return `${rest}${say(part)}${optional}`;
    });
    return `${target.readonly ? 'readonly ' : ''}[${parts.join(', ')}]`;
  }
  const name = type.getSymbol()?.name === 'ReadonlyArray' ? 'ReadonlyArray' : 'Array';
  return `${name}<${types.map(say).join(', ')}>`;
}

function unionText(type: ts.UnionType, within: (type: ts.Type) => string): string {
  const parts = new Set<string>();
  for (const part of type.types) {
    // `boolean` is the union of its two literals to the checker.
    const isBoolean = (part.flags & ts.TypeFlags.BooleanLiteral) !== 0 && holdsBothBooleans(type);
    parts.add(isBoolean ? 'boolean' : within(part));
  }
  return [...parts].sort().join(' | ');
}

function holdsBothBooleans(type: ts.UnionType): boolean {
  return type.types.filter((part) => (part.flags & ts.TypeFlags.BooleanLiteral) !== 0).length === 2;
}

function membersText(type: ts.Type, checker: ts.TypeChecker, reference: Reference, lines: boolean): string {
  const say = (part: ts.Type) => typeText(part, checker, reference);
  const calls = type.getCallSignatures().map((signature) => signatureText(signature, checker, say));
  const makes = type
    .getConstructSignatures()
    .map((signature) => `new ${signatureText(signature, checker, say)}`);
  const properties = checker.getPropertiesOfType(type);
  const indexes = checker.getIndexInfosOfType(type);
  const [only] = calls;
  if (only !== undefined && calls.length + makes.length + properties.length + indexes.length === 1)
    return only;
  const members = [
    ...calls,
    ...makes,
    ...indexes.map(
      (index) => `${index.isReadonly ? 'readonly ' : ''}[${say(index.keyType)}]: ${say(index.type)}`,
    ),
    ...[...properties]
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map((property) => propertyText(property, type.getSymbol(), checker, say)),
  ];
  if (members.length === 0) return '{}';
  return lines ? `{\n${members.map((member) => `  ${member};`).join('\n')}\n}` : `{ ${members.join('; ')} }`;
}

function propertyText(
  property: ts.Symbol,
  owner: ts.Symbol | undefined,
  checker: ts.TypeChecker,
  say: (type: ts.Type) => string,
): string {
  const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  const readonly = property.declarations?.some(
    (declaration) => (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0,
  );
  const written = writtenType(property, owner);
  const own = checker.getTypeOfSymbol(property);
  const type = written
    ? checker.getTypeFromTypeNode(written)
    : optional
      ? checker.getNonNullableType(own)
      : own;
  return `${readonly ? 'readonly ' : ''}${property.name}${optional ? '?' : ''}: ${say(type)}`;
}

/**
 * The type as its member is written with: an optional member's own type has a further part for "not there", and has
 * lost the name it was given. Not to be had of members that are inherited with type arguments.
 */
function writtenType(property: ts.Symbol, owner: ts.Symbol | undefined): ts.TypeNode | undefined {
  const declaration = property.declarations?.[0];
  if (!declaration || !ts.isPropertySignature(declaration)) return undefined;
  return owner?.declarations?.some((own) => own === declaration.parent) ? declaration.type : undefined;
}

function signatureText(
  signature: ts.Signature,
  checker: ts.TypeChecker,
  say: (type: ts.Type) => string,
): string {
  const generic = signature.typeParameters?.map((parameter) => {
    const constraint = parameter.getConstraint();
    return constraint ? `${say(parameter)} extends ${say(constraint)}` : say(parameter);
  });
  const parameters = signature.getParameters().map((parameter) => {
    const declaration = parameter.valueDeclaration;
    const isParameter = declaration !== undefined && ts.isParameter(declaration);
    const rest = isParameter && declaration.dotDotDotToken ? '...' : '';
    const optional = isParameter && (declaration.questionToken || declaration.initializer) ? '?' : '';
    return `${rest}${parameter.name}${optional}: ${say(checker.getTypeOfSymbol(parameter))}`;
  });
  const made = generic ? `<${generic.join(', ')}>` : '';
  return `${made}(${parameters.join(', ')}) => ${say(signature.getReturnType())}`;
}

function isObject(type: ts.Type): type is ts.ObjectType {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

/** Written with an operator, so that it needs brackets inside another one. */
function isCompound(type: ts.Type): boolean {
  return type.isUnionOrIntersection() || isFunction(type);
}

function isFunction(type: ts.Type): boolean {
  return isObject(type) && type.getCallSignatures().length > 0 && type.getProperties().length === 0;
}
