// The list of the library's calls, `calls.tsv` (../../README.md says what it holds), and which of
// them were made in this run.

import { readFileSync } from 'node:fs';

const NOT_BUILT = ['planned', 'refused', 'unknown'];

const rows = readFileSync(new URL('../calls.tsv', import.meta.url), 'utf8').trimEnd().split('\n');

/** Its lines, by name. */
export const calls = new Map(
  rows.slice(1).map((row) => {
    const [name, status, endpoint, answer] = row.split('\t');
    return [name, { name, status, endpoint, answer }];
  }),
);

/** Calls that were made, and those that ended as they must in a test that passed. */
export const made = new Set();
export const passed = new Set();
let answered = [];

/** The calls of a list that are built or not. */
export function named(...statuses) {
  return [...calls.values()].filter((call) => statuses.includes(call.status));
}

export const notBuilt = () => named(...NOT_BUILT);

/** The API, which notes each of its listed calls that returned. */
export function witness(api) {
  return new Proxy(api, {
    get(target, name) {
      const value = target[name];
      return calls.has(name) ? (...values) => note(name, value.apply(target, values)) : value;
    },
  });
}

function note(name, answer) {
  made.add(name);
  if (!(answer instanceof Promise)) {
    accept(name);
    return answer;
  }
  return answer.then((value) => {
    accept(name);
    return value;
  });
}

/** The call ended in the error in which it must end. */
export function accept(name) {
  made.add(name);
  answered.push(name);
}

/** Ends a test: what it made has passed if it did. */
export function endTest(hasPassed) {
  if (hasPassed) {
    answered.forEach((name) => passed.add(name));
  }
  answered = [];
}

/** One line: how many calls passed, of those that were made, of those that there are. */
export function summary() {
  const count = (list) => list.filter((call) => passed.has(call.name)).length;
  const counts = `calls passed / made ${passed.size} / ${made.size}`;
  const kinds = `${count(named('made'))} answered, ${count(notBuilt())} refused as not built`;
  return `co-wechat: ${counts}: ${kinds}; ${named('local').length} more ask nothing`;
}
