interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly isMusl: boolean;
}
export function workspaceStamp(root: string, machine: Machine): string;
export function manifests(root: string): string[];
