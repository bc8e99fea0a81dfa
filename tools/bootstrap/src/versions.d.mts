export const pinnedNode: string;
export function isAcceptedNode(version: string): boolean;
