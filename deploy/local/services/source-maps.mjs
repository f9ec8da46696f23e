import { setSourceMapsSupport } from 'node:module';

// Loaded before an app, so that it holds for all of its modules.
setSourceMapsSupport(true, { nodeModules: false });
