import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import qs from 'qs';

/** What Stripe says of its API in OpenAPI, as far as it is kept in the contracts folder. */
export interface Contract {
  /** What is wrong with an answer, by the schema of its path; empty where it is right. */
  answerFaults(method: string, path: string, status: number, answer: unknown): string[];
  /** What is wrong with the form or query of a request. */
  requestFaults(method: string, path: string, form: string): string[];
  /** What is wrong with an object, by the schema of its kind. */
  objectFaults(kind: string, object: unknown): string[];
  /** The names of a request's parameters, as `line_items.price_data.currency`. */
  parametersOf(method: string, path: string): string[];
  /** The schema of one of them. */
  schemaOf(method: string, path: string, parameter: string): Schema;
  /** The fields that a kind of object has. */
  fieldsOf(kind: string): string[];
}

export interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  nullable?: boolean;
  additionalProperties?: unknown;
  'x-openEnum'?: boolean;
}

interface Operation {
  parameters?: { in: string; name: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content: Record<string, { schema: Schema }> }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const FOLDER = process.env.CONTRACTS_DIR ?? '../shared/contracts';

/** The contract, or `undefined` with a printed reason. @throws where it is missing and CI is "true" */
export function openContract(): Contract | undefined {
  const file = path.join(FOLDER, 'stripe-openapi.json');
  if (!existsSync(file)) {
    const reason = `${file} is not there (CONTRACTS_DIR): answers are not held against Stripe's description`;
    if (process.env.CI === 'true') throw new Error(reason);
    process.stderr.write(`skipped: ${reason}\n`);
    return undefined;
  }
  return readContract(JSON.parse(readFileSync(file, 'utf8')) as Document);
}

/** The fixtures that come with it: one object of each kind. */
export function readFixtures(): Record<string, object> {
  return JSON.parse(readFileSync(path.join(FOLDER, 'stripe-fixtures.json'), 'utf8')).resources;
}

function readContract(document: Document): Contract {
  const components = plain(document.components) as Document['components'];
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const formAjv = new Ajv({ strict: false, validateFormats: false, allErrors: true, coerceTypes: true });
  for (const one of [ajv, formAjv]) one.addSchema({ $id: 'contract', components });
  const compiled = new Map<string, ValidateFunction>();
  const compile = (name: string, schema: Schema, by = ajv): ValidateFunction => {
    const found = compiled.get(name) ?? by.compile(plain(schema) as object);
    compiled.set(name, found);
    return found;
  };
  const operation = (method: string, actual: string): [string, Operation] | undefined => {
    for (const [template, operations] of Object.entries(document.paths)) {
      const found = operations[method.toLowerCase()];
      if (found && new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(actual))
        return [template, found];
    }
    return undefined;
  };
  const described = (method: string, actual: string): [string, Operation] => {
    const found = operation(method, actual);
    if (!found) throw new Error(`the contract does not describe ${method} ${actual}`);
    return found;
  };
  const formSchema = ({ parameters = [], requestBody }: Operation): Schema => {
    const body = Object.values(requestBody?.content ?? {})[0]?.schema;
    const query = parameters.filter((one) => one.in === 'query');
    const properties = Object.fromEntries(query.map(({ name, schema }) => [name, schema]));
    return query.length > 0 ? { type: 'object', properties, additionalProperties: false } : (body ?? {});
  };
  return {
    answerFaults(method, actual, status, answer) {
      const [template, { responses }] = described(method, actual);
      const schema = Object.values((responses[status] ?? responses.default)?.content ?? {})[0]?.schema ?? {};
      const key = `${method} ${template} ${responses[status] ? status : 'default'}`;
      return faultsOf(compile(key, schema), answer);
    },
    requestFaults(method, actual, form) {
      const [template, described_] = described(method, actual);
      const check = compile(`${method} ${template} form`, formSchema(described_), formAjv);
      return faultsOf(check, qs.parse(form, { depth: 20, arrayLimit: 1_000 }));
    },
    objectFaults: (kind, object) => faultsOf(compile(kind, { $ref: `#/components/schemas/${kind}` }), object),
    parametersOf: (method, actual) => parameterNames(formSchema(described(method, actual)[1])),
    schemaOf: (method, actual, parameter) =>
      parameter
        .split('.')
        .reduce<Schema>(
          (schema, name) => schema.properties?.[name] ?? {},
          formSchema(described(method, actual)[1]),
        ),
    fieldsOf: (kind) => Object.keys(document.components.schemas[kind]?.properties ?? {}),
  };
}

/** JSON schema has no `nullable`, and the values of open enums are only those of today. */
function plain(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, 'x-openEnum': open, ...rest } = schema as Schema;
  if (open) delete rest.enum;
  if (rest.$ref) rest.$ref = rest.$ref.replace('#/', 'contract#/');
  const mapped = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, plain(value)]));
  return nullable === true ? { anyOf: [mapped, { type: 'null' }] } : mapped;
}

function faultsOf(check: ValidateFunction, value: unknown): string[] {
  if (check(value)) return [];
  return (check.errors ?? []).map(
    ({ instancePath, message, params }: ErrorObject) =>
      `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** The names of everything in a schema of parameters, without the indices of lists. */
export function parameterNames(schema: Schema, above: string[] = []): string[] {
  const { properties = {}, items, anyOf = [] } = schema;
  const below = Object.entries(properties).flatMap(([name, one]) => parameterNames(one, [...above, name]));
  const others = [...(items ? [items] : []), ...anyOf].flatMap((one) => parameterNames(one, above));
  return [...new Set([...(above.length > 0 ? [above.join('.')] : []), ...below, ...others])];
}
