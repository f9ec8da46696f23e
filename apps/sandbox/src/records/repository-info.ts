import { rootId } from './records.store.ts';

export const repositoryId = 'proto';

/** GET /cmis/browser: the repositories of the service by id. */
export function repositoryInfo(serviceUrl: string): unknown {
  return {
    [repositoryId]: {
      repositoryId,
      repositoryName: 'Mappa sandbox records',
      repositoryDescription: 'A simulated records system, CMIS 1.1 browser binding',
      vendorName: 'Mappa',
      productName: 'Mappa sandbox',
      productVersion: '1.0',
      rootFolderId: String(rootId),
      capabilities: {
        capabilityACL: 'none',
        capabilityAllVersionsSearchable: false,
        capabilityChanges: 'none',
        capabilityContentStreamUpdatability: 'none',
        capabilityGetDescendants: true,
        capabilityGetFolderTree: false,
        capabilityOrderBy: 'common',
        capabilityMultifiling: false,
        capabilityPWCSearchable: false,
        capabilityPWCUpdatable: false,
        capabilityQuery: 'metadataonly',
        capabilityRenditions: 'none',
        capabilityUnfiling: false,
        capabilityVersionSpecificFiling: false,
        capabilityJoin: 'none',
      },
      latestChangeLogToken: null,
      cmisVersionSupported: '1.1',
      changesIncomplete: true,
      changesOnType: [],
      principalIdAnonymous: 'anonymous',
      principalIdAnyone: 'anyone',
      repositoryUrl: `${serviceUrl}/${repositoryId}`,
      rootFolderUrl: `${serviceUrl}/${repositoryId}/root`,
    },
  };
}
