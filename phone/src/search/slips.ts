/** Words typed with one slip: a letter wrong, missing, too many, or two in each other's place. */

const SHORTEST = 4;
const LETTERS_ONLY = /^\p{L}+$/u;

export function begins(word: string, typed: string): boolean {
  return word.startsWith(typed);
}

/** Whether `typed` begins `word` but for one slip. Short words and numbers must be right: too much resembles them. */
export function beginsButForOneSlip(word: string, typed: string): boolean {
  let at = 0;
  while (at < typed.length && typed[at] === word[at]) at += 1;
  if (at === typed.length) return true;
  if (typed.length < SHORTEST || !LETTERS_ONLY.test(typed)) return false;
  const after = typed.slice(at + 1);
  const wrong = at < word.length && word.startsWith(after, at + 1);
  const extra = word.startsWith(after, at);
  const missing = word.startsWith(typed.slice(at), at + 1);
  const swapped =
    typed[at] === word[at + 1] && typed[at + 1] === word[at] && word.startsWith(typed.slice(at + 2), at + 2);
  return wrong || extra || missing || swapped;
}
