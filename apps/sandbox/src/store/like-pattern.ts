/** A pattern for `like ? escape '\'` that finds the words as they are, anywhere in a text. */
export const likePattern = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`;
