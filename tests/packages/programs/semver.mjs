import semver from 'semver';

export default ({ versions, ranges }) => ({
  sorted: semver.sort(versions.filter((version) => semver.valid(version))),
  best: ranges.map((range) => [semver.validRange(range), semver.maxSatisfying(versions, range)]),
  next: versions.map((version) => [semver.inc(version, 'minor'), semver.inc(version, 'prerelease', 'beta')]),
  coerced: semver.coerce('v2 or later')?.version,
});
