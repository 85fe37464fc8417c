// Validates a Teams manifest and its Spanish strings against Microsoft's own schemas:  node teams-manifest.mjs VERSION MANIFEST.json STRINGS.json
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const Ajv = require('ajv-draft-04');
const [, , version, ...files] = process.argv;
const folder = `@microsoft/app-manifest/build/json-schemas/teams/v${version}/MicrosoftTeams`;
let wrong = 0;
for (const [file, schema] of [[files[0], '.schema.json'], [files[1], '.Localization.schema.json']]) {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  require('ajv-formats')(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(require.resolve(folder + schema), 'utf8').replace(/^\uFEFF/, '')));
  if (!validate(JSON.parse(readFileSync(file, 'utf8')))) {
    wrong++;
    console.log(file, JSON.stringify(validate.errors, null, 1));
  }
}
process.exit(wrong);
