import { Ajv, type ValidateFunction } from 'ajv';

interface Parameter {
  $ref?: string;
  in: string;
  name: string;
  schema: { type?: string };
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: object }> };
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { parameters: Record<string, Parameter>; schemas: object };
}

export interface XRequest {
  method: string;
  path: string;
  query: string;
  body: string;
}

/**
 * What is wrong with a request to X, by X's own description; `undefined` where it does not describe the path. X is
 * renaming tweets to posts; its description of the REST operations is ahead of its API, that of the stream is not.
 * The two names are taken as one, and a field of posts may be asked for wherever the stream has it.
 */
export function xContract(document: Document): (request: XRequest) => string[] | undefined {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, coerceTypes: true });
  ajv.addSchema({ $id: 'x', components: document.components });
  const compile = (schema: object): ValidateFunction =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"x#/')));
  const ofStream = document.paths['/2/tweets/search/stream']?.get?.parameters?.find(
    (each) => each.name === 'tweet.fields',
  );
  const schemasOf = (parameter: Parameter): object[] =>
    [parameter, ...(asPost(parameter.name) === 'post.fields' && ofStream ? [ofStream] : [])].map(
      (each) => each.schema,
    );
  return ({ method, path, query, body }) => {
    const template = Object.keys(document.paths).find((each) =>
      new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
    );
    const operation = template && document.paths[template]?.[method.toLowerCase()];
    if (!operation) return undefined;
    const known = (operation.parameters ?? []).map((each) =>
      each.$ref ? (document.components.parameters[each.$ref.split('/').at(-1) as string] as Parameter) : each,
    );
    const faults: string[] = [];
    for (const [name, value] of new URLSearchParams(query)) {
      const parameter = known.find((each) => each.in === 'query' && asPost(each.name) === asPost(name));
      if (!parameter) {
        faults.push(`${path} knows no parameter ${name}`);
        continue;
      }
      const values = parameter.schema.type === 'array' ? value.split(',').map((each) => [each]) : [value];
      for (const each of values) {
        const found = schemasOf(parameter).map((schema) => check(compile(schema), each, name));
        if (found.every((wrong) => wrong.length > 0)) faults.push(...found.flat());
      }
    }
    const schema = operation.requestBody?.content['application/json']?.schema;
    if (schema) faults.push(...check(compile(schema), JSON.parse(body || '{}'), 'body'));
    else if (body) faults.push(`${path} takes no body`);
    return faults;
  };
}

const asPost = (text: string): string => text.replace(/tweet/g, 'post');

function check(validate: ValidateFunction, value: unknown, name: string): string[] {
  const renamed: unknown = JSON.parse(asPost(JSON.stringify(value)));
  if (validate(value) || validate(renamed)) return [];
  return (validate.errors ?? []).map(
    (error) => `${name}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}
