/** A row's columns as a plain object, without the entity's class. */
export type Plain<T> = { -readonly [Column in keyof T]: T[Column] };

/** Copies a row out of its entity. */
export function plain<T extends object>(entity: T): Plain<T> {
  return Object.assign({}, entity);
}
