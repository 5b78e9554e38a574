/* The only text that may become HTML is what htmx fetched from this server and gives to its parser, by
   either of the two names that browsers have for it. Any other sink (innerHTML and its like) throws, in
   our code as in anybody's. */
const PARSERS = new Set(["Document parseHTMLUnsafe", "DOMParser parseFromString"]);
if (window.trustedTypes) {
  window.trustedTypes.createPolicy("default", {
    createHTML: (text, _type, sink) => (PARSERS.has(sink) ? text : null),
  });
}
