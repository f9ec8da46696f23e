export function onParentDeath(onDeath: () => void): () => void;
