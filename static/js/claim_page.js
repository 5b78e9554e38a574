/* A page on which claims are judged and something is discussed. */

import "./review.js";
import "./discussions.js";
