/** Words by which a text shows who tells something, in some languages; what else there is, the analyst picks. */

const set = (...lines) => new Set(lines.join(" ").split(" "));

export const SPEECH = set(
  "said says say saying told tells tell telling added adds adding warned warns warn claimed claims claim denied denies deny",
  "declared announced argued argues argue insisted insists insist wrote writes noted notes stated states asked asks ask demanded demands",
  "predicted believes believed thinks expects expected fears feared hopes confirmed confirms explained explains recalled recalls replied",
  "admitted admits promised accused reported reports suggested suggests complained complains alleged alleges acknowledged acknowledges",
  "conceded concedes contended contends maintained maintains stressed stresses emphasised emphasized observed remarked commented",
  "continued concluded cautioned urged urges pledged pledges vowed vows threatened boasted joked lamented recounted revealed disclosed",
  "testified assured informed reminded reiterated asserted asserts speculated suspects suspected estimates estimated hinted implied",
  "mentioned protested objected retorted answered countered rejected rejects dismissed dismisses disputed disputes declined refused",
  "wants wanted want assessed assesses sees blame blames blamed referred claiming alleging denying warning insisting demanding",
  "urging pledging vowing promising threatening suggesting accusing blaming admitting arguing declaring announcing noting stressing",
  "sagt sagte sagten erklärte erklärt betonte warnte meinte teilte schrieb behauptete berichtete dit déclaré affirmé expliqué estime",
  "dijo dice afirmó declaró explicó aseguró сказал сказала заявил заявила сообщил сообщила گفت گفتند افزود disse afirmou",
  "قال قالت قالوا أعلن أعلنت أكد أكدت أضاف أضافت نفى نفت وقال وقالت وأكد وأكدت وأضاف وأضافت ونفى ونفت ذكر ذكرت",
  "אמר אמרה אמרו הוסיף הוסיפה טען טענה הודיע הודיעה کہا بتایا وویل وايي",
);
/** Before these a name is whoever tells. */
export const SOURCES = set("laut selon según");
/** Somebody is told, asked, accused: whom follows these, not who, and of "he was told" he is no source. */
export const HEARD = set("told tells tell telling asked asks ask accused warned warns warn informed assured reminded urged urges");
/** What these say ends with their sentence: the next one does not go on with it. */
export const SAYS_NO_MORE = set("declined refused denied denies deny rejected rejects dismissed dismisses disputed disputes asked asks ask accused according wants wanted want sees blame blames blamed");
/** What these tell stands right behind them, and nothing else does. */
export const CLOSE = set("wants wanted want sees blame blames blamed");
/** Forms that are nouns as well: "the claims", "local reports said". */
export const NOUNS_TOO = set("blame claims claim reports reports report states notes demands fears hopes estimates ask pledges vows threats disputes answered");
/** Words that tell that somebody said it, and not who. */
export const HEARSAY = set("reportedly allegedly supposedly purportedly angeblich supuestamente");
export const THAT = set("that dass que che что که أن إن کہ چې כי");
export const WHO = set("who which that");
export const PRONOUNS = set("he she they it i we you these those er sie es il elle ils elles él ella هو هي он она они او");
export const ARTICLES = set(
  "the a an another one some several many two three his her its their my our your whose der die das ein eine le la les un une el los las",
);
export const PARTICLES = set("of de van von der den al bin ibn du la le da di for in");
export const NO_NOUN = set("on in at to by for from with after before that and or but as while when if not who which whose of");
/** Before these a subject begins anew: "while officials said". */
export const CLAUSE = set("while but although though whereas as when if because since that and or however");
/** How many of them: "some drivers", "most of Kaltsee" says another thing than the name alone. */
export const MANY = set("many some several most few numerous other two three four five dozens hundreds thousands");
/** What ends a description of people, though no plural: "a police report". */
export const HEADS = set(
  "people police staff personnel spokesman spokeswoman spokesperson source official report statement survey study poll document file memo",
  "filing letter video agency newspaper website ministry office government council army commander chief",
);
export const OF_WHOM = set("for of at from with in");
export const TITLES = set("mr mrs ms dr prof rev hon gen adm col maj capt cmdr lt sgt cpl gov sen rep st");
export const AND = set("and or but then und et y e ou oder و и");
export const ASIDES = set("in on at to by from after before during late early last this yesterday today who whose and as when while with of for");
export const BE = set("was were is are be been being am");
export const HELPING = set(
  "was were is are be been being am had has have having did do does will would could can may might must should didn't didn’t doesn't doesn’t hasn't hasn’t",
  "not also later then now earlier once twice never still again already even just too often always first further only meanwhile repeatedly",
  "نے", // Urdu: marks who did it
);
export const NOT_CUES = set("a an and as at but by for from in its of on or that the their to was were is are had has have been who whose which with");
