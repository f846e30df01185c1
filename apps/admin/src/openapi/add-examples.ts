import type { DocumentedShape, Place } from './raw-document.js';
import { type Components, exampleOf, variantsOf } from './examples.js';
import { type Json, type JsonObject, componentOf, isObject } from './json-schema.js';

/** Puts an example at every body, answer and parameter; alternatives that are told apart by a field get one each. Changes `places`. */
export function addExamples(places: readonly Place[], components: Components): DocumentedShape[] {
  return places.map(({ name, direction, zod, media, parameters }) => {
    if (parameters) {
      for (const parameter of parameters)
        parameter.schema['examples'] ??= [exampleOf(parameter.schema, components, parameter.name)];
      const query = Object.fromEntries(
        parameters.map(({ name: field, schema }) => [field, (schema['examples'] as Json[])[0] ?? null]),
      );
      return { place: name, direction, schema: zod, examples: [query] };
    }
    const schema = media?.schema ?? {};
    const named = alternativesOf(schema, components);
    if (!media || named === null) {
      const example = exampleOf(schema, components);
      if (media) media.example = example;
      return { place: name, direction, schema: zod, examples: [example] };
    }
    media.examples = Object.fromEntries(named.map(([title, value]) => [title, { value }]));
    return { place: name, direction, schema: zod, examples: named.map(([, value]) => value) };
  });
}

/** Examples by what tells the alternatives apart; null when there is but one form. */
function alternativesOf(schema: JsonObject, components: Components): Array<readonly [string, Json]> | null {
  const component = componentOf(schema);
  const variants = variantsOf(component === null ? schema : (components[component] ?? {}));
  if (variants === null || variants.length < 2) return null;
  const named = variants.map((variant, index) => {
    const value = exampleOf(variant, components);
    return [titleOf(variant) ?? `form-${index + 1}`, value] as const;
  });
  return new Set(named.map(([title]) => title)).size === named.length ? named : null;
}

/** The constant that only this alternative has. */
function titleOf(variant: JsonObject): string | null {
  const properties = isObject(variant['properties']) ? Object.values(variant['properties']) : [];
  const constants = properties.flatMap((property) => (isObject(property) ? [property['const']] : []));
  return constants.find((constant) => typeof constant === 'string') ?? null;
}
