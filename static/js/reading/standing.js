/** Whether words that were typed stand in the text, capitals, white space and the way to compose letters apart. */
export function standsIn(map, words) {
  const plain = (said) => said.normalize("NFC").replace(/\s+/gu, " ").trim().toLowerCase();
  const text = plain(map.slice(0, map.length));
  return words.split(" … ").every((part) => text.includes(plain(part)));
}
