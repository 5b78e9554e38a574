/** Which way characters run on the line: enough of the Unicode bidirectional algorithm to place an edge. */

const RIGHT_TO_LEFT = /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * Whether a character runs from right to left in a line that does (`line`). Letters say so themselves and
 * numbers run from left to right; marks and blanks go with the line.
 */
export function runsRightToLeft(char, line) {
  if (/^\p{N}/u.test(char)) return false;
  if (/^\p{L}/u.test(char)) return RIGHT_TO_LEFT.test(char);
  return line;
}
