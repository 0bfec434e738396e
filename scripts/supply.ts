// What is installed is what the lock file says, and nothing of what ships is known to be vulnerable. Exits 1 when not.
// Registries without the audit's endpoint are named and passed over.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Lock {
  readonly packages: Readonly<Record<string, Package>>;
}
interface Package {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Package & {
  allowScripts: Record<string, boolean>;
};
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
const problems = [...lockProblems(), ...auditProblems()];
for (const problem of problems) console.log(problem);
console.log(`${Object.keys(packages).length - 1} packages locked, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

function lockProblems(): string[] {
  const { '': root, ...others } = packages;
  const isSame = (key: 'dependencies' | 'devDependencies') =>
    JSON.stringify(sorted(root[key])) === JSON.stringify(sorted(manifest[key]));
  return [
    ...(isSame('dependencies') && isSame('devDependencies') ? [] : ['package.json and its lock file differ']),
    ...Object.entries(others).flatMap(([path, { integrity, hasInstallScript }]) => [
      ...(integrity?.startsWith('sha512-') ? [] : [`${path} has no checksum`]),
      ...(hasInstallScript && !manifest.allowScripts[path.replace(/^.*node_modules\//, '')]
        ? [`${path} runs a script when installed`]
        : []),
    ]),
  ];
}

function sorted(map: Readonly<Record<string, string>> = {}): [string, string][] {
  return Object.entries(map).sort(([a], [b]) => a.localeCompare(b));
}

function auditProblems(): string[] {
  const npm = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 60_000 });
  const report = parsed(npm.stdout);
  if (report?.metadata === undefined) {
    console.log(`audit skipped: the registry does not answer it (${report?.message ?? 'no answer'})`);
    return [];
  }
  return Object.keys(report.vulnerabilities ?? {}).map((name) => `${name} has a known vulnerability`);
}

function parsed(text: string): { metadata?: object; vulnerabilities?: object; message?: string } | null {
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}
