/** What the sandbox answers. */
export const sandbox: Readonly<Record<string, string>> = {
  'This button belongs to another page': 'Questo pulsante appartiene a un’altra pagina',
  '{0} holds no record with the code {1}': '{0} non ha alcuna registrazione con il codice {1}',
  'There is no server {0}; there are {1}': 'Non c’è alcun server {0}; ci sono {1}',
};
