import fc from 'fast-check';

/** Property tests see the same cases in every run, so that a commit has one verdict; `PROPERTY_SEED=random` looks for others. */
const wanted = process.env['PROPERTY_SEED'] ?? '1';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
