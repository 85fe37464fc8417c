// Opens .qna files with the parser of the Bot Framework's own tools, has it write each section back, and prints what it read:
// one JSON object per file on a line. Usage: node qna-round-trip.mjs FILE …
import { readFileSync } from 'node:fs';
import luParser from '@microsoft/bf-lu/lib/parser/lufile/luParser.js';
import SectionOperator from '@microsoft/bf-lu/lib/parser/lufile/sectionOperator.js';

for (const file of process.argv.slice(2)) {
  let resource = luParser.parse(readFileSync(file, 'utf8'));
  const errors = resource.Errors.map(error => error.Message);
  const pairs = resource.Sections.filter(section => section.SectionType === 'qnaSection');
  const read = pairs.map(section => ({
    id: section.QAPairId, questions: section.Questions, answer: section.Answer, filters: section.FilterPairs, prompts: section.prompts ?? [],
  }));

  for (const section of pairs) {
    resource = new SectionOperator(resource).updateSection(section.Id, section.Body);
    errors.push(...resource.Errors.map(error => error.Message));
  }

  console.log(JSON.stringify({ file, errors, read, written: resource.Content }));
}
