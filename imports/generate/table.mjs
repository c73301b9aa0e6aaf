/** The text of imports/README.md: where every generated file comes from. */
export function describeSources(files) {
  const rows = files.map(
    ({ module, version, file, sha256 }) => `| ${module} | ${version} | ${file} | \`${sha256}\` |`,
  );
  return `# imports

Typed API objects, one file per API group, and the sources of \`schemas/structural.json\`. \`npm run imports\` writes
everything here that is generated, this page included; it needs Go (for \`go mod download\`) and the module proxy.
Classes have plain names; \`generate/sources.mjs\` says which kinds, versions and fields are kept, and
\`triggers.tekton.dev.ts\` is written by hand because the upstream definitions of Tekton Triggers carry no schema.

Two things differ from a plain \`cdk8s import\`, because its classes drop values of an unexpected type without a word:
quantities and PromQL expressions are strings (\`cpu: '1'\`, \`expr: 'up == 0'\`); what is still int-or-string (probe and
service ports) is a class with \`fromString\` and \`fromNumber\`. Names of fields are camel case (\`repoUrl\`,
\`keepFiringFor\`) and become the real ones when rendered. Fields that are not declared are still dropped; the compiler
refuses them, as long as no cast silences it. Objects that need them are written with cdk8s's \`ApiObject\`.

| module | version | file | sha256 |
|---|---|---|---|
${rows.join('\n')}
`;
}
