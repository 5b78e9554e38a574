/** EDTF dates (ISO 8601-2) as people read them. */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SEASONS = { 21: "spring", 22: "summer", 23: "autumn", 24: "winter" };

function one(edtf) {
  const [, year, month, day, doubt] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)$/.exec(edtf) ?? [];
  if (!year) return null;
  const name = month && (SEASONS[month] ?? MONTHS[Number(month) - 1]);
  if (month && (!name || (day && SEASONS[month]))) return null;
  const words = [day && String(Number(day)), name, year].filter(Boolean).join(" ");
  return `${"~%".includes(doubt || "-") ? "about " : ""}${words}${"?%".includes(doubt || "-") ? "?" : ""}`;
}

const OPEN = new Set(["", ".."]);

/** "2025-04-03" as "3 Apr 2025", "2015-21" as "spring 2015", "2015-04/.." as "since Apr 2015"; what has no simple reading stays as written. */
export function when(edtf) {
  const [first, last] = edtf.split("/");
  if (last !== undefined && OPEN.has(last) && one(first)) return `since ${one(first)}`;
  if (last !== undefined && OPEN.has(first) && one(last)) return `until ${one(last)}`;
  const parts = edtf.split("/").map(one);
  return parts.includes(null) || parts.length > 2 ? edtf : parts.join(" – ");
}
