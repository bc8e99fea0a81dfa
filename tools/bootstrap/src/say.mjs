/** One line for the person who waits; standard output belongs to what is run in the end. */
export function say(line) {
  process.stderr.write(`artdag-l2: ${line}\n`);
}

/** Says `line` and how long it takes, until the returned function is called. */
export function sayProgress(line) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const isTerminal = process.stderr.isTTY;
  const show = () =>
    isTerminal
      ? process.stderr.write(`\r\x1b[Kartdag-l2: ${line} … ${seconds()} s`)
      : say(`${line} … ${seconds()} s`);
  if (isTerminal) show();
  else say(`${line} …`);
  const timer = setInterval(show, isTerminal ? 500 : 5_000);
  return (outcome) => {
    clearInterval(timer);
    if (isTerminal) process.stderr.write('\r\x1b[K');
    say(`${line}: ${outcome} in ${seconds()} s`);
  };
}
