/** Prints what test/coverage/branches.mjs found. */

/** Every branch that no test takes, by file. */
export function printMissed(branches) {
  for (const [file, all] of groupsBy(branches, ({ file }) => file)) {
    const missed = all.filter(({ isTaken }) => !isTaken);
    if (missed.length === 0) continue;
    console.log(`\n${file}: ${missed.length} of ${all.length}`);
    for (const { line, side, text } of missed) console.log(`  ${line}  ${side}  ${text}`);
  }
}

/** One line for each folder and each layer. False when a layer is below its threshold, in percent. */
export function printLayers(branches, thresholdsPercent) {
  console.log('\nBranches that a test takes:');
  for (const [folder, group] of groupsBy(branches, ({ file }) => file.replace(/\/[^/]+$/, ''))) {
    printShare(folder, group);
  }
  let areEnough = true;
  for (const [layer, group] of groupsBy(branches, ({ file }) => file.replace(/\/.+$/, ''))) {
    const threshold = thresholdsPercent[layer];
    const isEnough = printShare(`all of ${layer}`, group) >= threshold;
    if (!isEnough) console.log(`${layer} is below ${threshold} %`);
    areEnough &&= isEnough;
  }
  return areEnough;
}

/** In percent. */
function printShare(name, branches) {
  const taken = branches.filter(({ isTaken }) => isTaken).length;
  const percent = (100 * taken) / branches.length;
  const counts = `${taken} of ${branches.length}`;
  console.log(`  ${name.padEnd(28)} ${counts.padStart(12)} ${percent.toFixed(1).padStart(6)} %`);
  return percent;
}

/** Pairs of key and items, in the order of the keys. */
function groupsBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}
