// The reporter: each failure with its reason, then the totals.

export default async function* totals(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') {
      yield data.message;
    }
    // A suite fails with its tests, and is none itself.
    if (data?.details?.type === 'suite') {
      continue;
    }
    if (type === 'test:pass' && data.skip === undefined && data.todo === undefined) {
      passed += 1;
    } else if (type === 'test:pass' || type === 'test:fail') {
      failed += 1;
      const reason = data.details.error?.cause ?? data.details.error;
      yield `FAILED ${data.name}\n${reason?.stack ?? reason ?? 'skipped'}\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
}
