// NLP.js on one set: trains on DIR/train.tsv, answers DIR/test.tsv, prints a JSON object per query and one with build time and memory at the end.
import { readFileSync } from 'node:fs';
import { NlpManager } from 'node-nlp';

const rows = file => readFileSync(`${process.argv[2]}/${file}`, 'utf8').replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n').map(line => line.split('\t'));
const start = process.hrtime.bigint();
const manager = new NlpManager({ languages: ['en'], nlu: { log: false }, forceNER: false, autoSave: false });
for (const [answer, phrasing] of rows('train.tsv')) manager.addDocument('en', phrasing, answer);
await manager.train();
const buildMilliseconds = Number(process.hrtime.bigint() - start) / 1e6;
for (const [, query] of rows('test.tsv')) {
  const before = process.hrtime.bigint();
  const { classifications } = await manager.process('en', query);
  const microseconds = Number(process.hrtime.bigint() - before) / 1e3;
  const ranked = classifications.filter(one => one.intent !== 'None').sort((a, b) => b.score - a.score).slice(0, 10);
  console.log(JSON.stringify({ ranked: ranked.map(one => one.intent), confidence: classifications[0]?.intent === 'None' ? 0 : ranked[0]?.score ?? 0, microseconds }));
}
console.log(JSON.stringify({ buildMilliseconds, residentMegabytes: process.memoryUsage().rss / 1048576 }));
