/** Words typed with one slip: a letter wrong, missing, too many, or two in each other's place. */

const SHORTEST = 4;
const LETTERS_ONLY = /^\p{L}+$/u;

/** Short words and numbers must be right: too much resembles them. */
export function maySlip(typed: string): boolean {
  return typed.length >= SHORTEST && LETTERS_ONLY.test(typed);
}

/** Whether `typed`, a word that may slip, begins `word` but for one slip. */
export function beginsButForOneSlip(word: string, typed: string): boolean {
  let at = 0;
  while (at < typed.length && typed[at] === word[at]) at += 1;
  if (at === typed.length) return true;
  const goesOn = (inTyped: number, inWord: number): boolean => {
    while (inTyped < typed.length && typed[inTyped] === word[inWord]) {
      inTyped += 1;
      inWord += 1;
    }
    return inTyped === typed.length;
  };
  const wrong = at < word.length && goesOn(at + 1, at + 1);
  const swapped = typed[at] === word[at + 1] && typed[at + 1] === word[at] && goesOn(at + 2, at + 2);
  return wrong || swapped || goesOn(at + 1, at) || goesOn(at, at + 1);
}
