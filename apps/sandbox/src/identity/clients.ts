/** Who may get a token, and what for. The secret of each is its id with `-secret` at the end: for development only. */
export const demoClients: readonly { readonly id: string; readonly roles: readonly string[] }[] = [
  { id: 'demo-editor', roles: ['editor'] },
  { id: 'demo-approver', roles: ['approver'] },
  { id: 'demo-second-approver', roles: ['approver'] },
  { id: 'demo-editor-approver', roles: ['editor', 'approver'] },
  { id: 'demo-auditor', roles: ['auditor'] },
  { id: 'demo-administrator', roles: ['administrator'] },
  { id: 'demo-operator', roles: ['operator'] },
  { id: 'demo-second-operator', roles: ['operator'] },
  { id: 'demo-reader', roles: ['reader'] },
];

export const secretOf = (clientId: string): string => `${clientId}-secret`;

export const rolesOf = (clientId: string): readonly string[] =>
  demoClients.find(({ id }) => id === clientId)?.roles ?? [];
