export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Literal =
  | { readonly is: 'string' | 'date'; readonly value: string }
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'boolean'; readonly value: boolean }
  | { readonly is: 'null' };

/** What SOQL, CMIS SQL and SCIM filters have in common. */
export type Condition =
  | { readonly is: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'compare'; readonly field: string; readonly op: Comparison; readonly value: Literal }
  | { readonly is: 'in'; readonly field: string; readonly values: readonly Literal[] }
  /** `%` any text, `_` any sign, `\` before either for the sign itself. */
  | { readonly is: 'like'; readonly field: string; readonly pattern: string }
  | { readonly is: 'null'; readonly field: string }
  /** `IN_TREE('100')` and `IN_FOLDER('100')` of CMIS. */
  | { readonly is: 'call'; readonly name: string; readonly argument: string };
