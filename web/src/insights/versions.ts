// Versions as they are shown: a commit is known by its beginning.
const COMMIT = /^[0-9a-f]{40}$/;

export function shortVersion(version: string): string {
  return COMMIT.test(version) ? version.slice(0, 10) : version;
}
