interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly isMusl: boolean;
}
interface BinaryPackage {
  readonly name: string;
  readonly version: string;
  readonly file: string;
}
export function nodePackage(machine: Machine): BinaryPackage | undefined;
export function pnpmPackage(machine: Machine, version: string): BinaryPackage;
export function thisMachine(): Machine;
