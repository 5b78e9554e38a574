/* A page on which claims are judged and something is discussed. */

import "./page.js";
import "./review.js";
import "./discussions.js";
