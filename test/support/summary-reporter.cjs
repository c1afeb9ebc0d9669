// A mocha reporter: the usual listing, and the true counts in a file for whoever runs the tests in a script.
// The file's path comes from the reporter option `output`; its content is {"passed","failed","pending"}.
'use strict';

const { writeFileSync } = require('node:fs');
const { Runner, reporters } = require('mocha');

module.exports = class SummaryReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const output = options.reporterOption?.output ?? options.reporterOptions?.output;
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      if (output) {
        writeFileSync(output, JSON.stringify({ passed: passes, failed: failures, pending }));
      }
    });
  }
};
