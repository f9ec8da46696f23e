/** Most resources on a page. */
export const longestPage = 200;
/** Most operations in one bulk request. */
export const mostOperations = 1_000;
/** Bytes of one request. */
export const largestPayload = 4 * 1024 * 1024;

/** GET /ServiceProviderConfig (RFC 7643 section 5). */
export const serviceProviderConfig = (base: string): object => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: mostOperations, maxPayloadSize: largestPayload },
  filter: { supported: true, maxResults: longestPage },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A token given by the administrators',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});
