/* The only text that may become HTML is what htmx fetched from this server and gives to its parser.
   Any other sink (innerHTML and its like) throws, in our code as in anybody's. */
if (window.trustedTypes) {
  window.trustedTypes.createPolicy("default", {
    createHTML: (text, _type, sink) => (sink === "DOMParser parseFromString" ? text : null),
  });
}
