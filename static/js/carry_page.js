/* The page of what became of annotations: words are typed, or selected in the text. */

import "./page.js";
import { offerSelecting } from "./carrying/selecting.js";

const text = document.getElementById("carry-text");
if (text) for (const choosing of document.querySelectorAll(".carry-choose")) offerSelecting(choosing, text);
