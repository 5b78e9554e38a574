"""Phrases of a web page's furniture in other languages than English: patterns of whole lines."""

from __future__ import annotations

from sources.text.furniture_reasons import (
    ADVERT,
    COMMENTS,
    COOKIES,
    FOLLOW,
    LIST,
    NAVIGATION,
    POINTER,
    RIGHTS,
    SHARE,
    SUBSCRIBE,
    TAGS,
    Rules,
)

_NETWORKS = "(?:twitter|x|facebook|instagram|telegram|youtube|tiktok|linkedin|whatsapp|google news|bluesky)"
_ON = rf"{_NETWORKS}(?:(?:\s*[,&/]\s*|\s+(?:und|et|y|e)\s+){_NETWORKS}){{0,5}}"

_GERMAN: Rules = (
    (ADVERT, (r"anzeige|werbung|advertorial|weiter nach der (?:anzeige|werbung)",)),
    (FOLLOW, (rf"folgen sie (?:uns|[\w .]{{3,40}}) (?:auf|bei) {_ON}|folge uns (?:auf|bei) {_ON}",)),
    (
        SUBSCRIBE,
        (
            r"(?:jetzt |newsletter )?(?:abonnieren|anmelden|registrieren)|unser newsletter",
            r"(?:abonnieren sie|melden sie sich|jetzt) [^.,]{0,60}newsletter[^.,]{0,40}",
        ),
    ),
    (
        COMMENTS,
        (
            r"(?:\d+ )?kommentare?(?: \(?\d+\)?)?|kommentare? (?:schreiben|verfassen|anzeigen|lesen)",
            r"(?:schreiben sie|hinterlassen sie|schreibe|hinterlasse) einen kommentar|diskutieren sie mit",
        ),
    ),
    (
        LIST,
        (
            r"(?:mehr|weiteres|alles) zum thema|weitere (?:artikel|themen|meldungen|nachrichten|beiträge)",
            r"das könnte (?:sie|dich) auch interessieren|meistgelesen|mehr aus [\w ]{3,30}|verwandte artikel",
            r"lesen sie (?:auch|mehr)|auch interessant|zum weiterlesen",
        ),
    ),
    (POINTER, (r"(?:lesen sie (?:auch|dazu|hier)|mehr dazu|auch interessant|siehe auch)\s*:.{1,200}",)),
    (
        NAVIGATION,
        (
            r"(?:zur|zurück zur) (?:startseite|übersicht)|(?:zurück )?nach oben|zum (?:seitenanfang|inhalt)",
            r"mehr (?:lesen|anzeigen|laden)|weiterlesen|impressum|datenschutz(?:erklärung)?|agb|kontakt",
            r"(?:nächster|vorheriger) (?:artikel|beitrag)|artikel (?:anhören|merken)",
        ),
    ),
    (SHARE, (r"(?:artikel |beitrag )?(?:teilen|drucken|versenden|merken)|auf \w+ teilen|link kopieren",)),
    (RIGHTS, (r".{0,80}alle rechte vorbehalten\W*",)),
    (COOKIES, (r"wir verwenden cookies.{0,200}|alle akzeptieren",)),
    (TAGS, (r"(?:schlagworte|schlagwörter|themen)\s*:.{1,200}",)),
)
_FRENCH: Rules = (
    (ADVERT, (r"publicité|la suite après (?:la|cette) publicité|contenu sponsorisé",)),
    (FOLLOW, (rf"(?:suivez|rejoignez|retrouvez)[- ](?:nous|[\w .]{{3,40}}) sur {_ON}",)),
    (
        SUBSCRIBE,
        (
            r"s['’]abonner|abonnez[- ]vous|je m['’]abonne|inscrivez[- ]vous"
            r"|déjà abonné\W*(?:connectez-vous)?",
            r"(?:abonnez[- ]vous|inscrivez[- ]vous|s['’]inscrire) [^.,]{0,60}newsletter[^.,]{0,40}"
            r"|la newsletter",
        ),
    ),
    (
        COMMENTS,
        (
            r"(?:\d+ )?commentaires?(?: \(?\d+\)?)?|(?:laisser|ajouter|écrire|poster) un commentaire|réagir",
            r"votre adresse (?:e-?mail|de messagerie) ne sera pas publiée.{0,100}",
        ),
    ),
    (
        LIST,
        (
            r"(?:à )?lire aussi|articles? (?:similaires|liés|connexes)|sur le même (?:sujet|thème)"
            r"|à lire également",
            r"les plus lus|vous aimerez aussi|dans la même rubrique|nos derniers articles",
        ),
    ),
    (POINTER, (r"(?:(?:à )?lire (?:aussi|également)|à voir aussi|voir aussi)\s*[:|>»].{1,200}",)),
    (
        NAVIGATION,
        (
            r"voir plus|lire la suite|(?:retour en )?haut de (?:la )?page|accueil|mentions légales",
            r"article (?:suivant|précédent)|afficher plus|politique de confidentialité|qui sommes-nous\W*",
        ),
    ),
    (
        SHARE,
        (r"partager(?: (?:sur \w+|cet article|l['’]article))?|imprimer|envoyer par e-?mail|copier le lien",),
    ),
    (RIGHTS, (r".{0,80}tous droits réservés\W*",)),
    (COOKIES, (r"nous utilisons des cookies.{0,200}|tout accepter",)),
)
_SPANISH: Rules = (
    (ADVERT, (r"publicidad|anuncio|continúa (?:leyendo )?después de la publicidad|contenido patrocinado",)),
    (FOLLOW, (rf"(?:síguenos|síganos|siga a [\w .]{{3,40}}|sigue a [\w .]{{3,40}}) en {_ON}",)),
    (
        SUBSCRIBE,
        (
            r"suscríb(?:ete|ase)(?: (?:aquí|ahora))?|suscribirse|iniciar sesión|regístrate",
            r"suscríb(?:ete|ase) (?:a|al) [^.,]{1,60}|(?:recibe|reciba) [^.,]{0,60}(?:correo"
            r"|boletín)[^.,]{0,40}",
        ),
    ),
    (
        COMMENTS,
        (
            r"(?:\d+ )?comentarios?(?: \(?\d+\)?)?|(?:deja|deje|dejar) (?:un comentario|una respuesta)"
            r"|comentar",
            r"tu dirección de correo electrónico no será publicada.{0,100}",
        ),
    ),
    (
        LIST,
        (
            r"(?:lea|lee|leer) también|(?:noticias|artículos|temas|contenidos?) relacionad[oa]s?"
            r"|le puede interesar",
            r"te puede interesar|(?:más|otras) noticias|lo más (?:leído|visto)|más sobre (?:este tema"
            r"|este asunto)",
        ),
    ),
    (
        POINTER,
        (r"(?:(?:lea|lee|leer|mira|vea|ver) (?:también|además|más)|te puede interesar)\s*[:|>»].{1,200}",),
    ),
    (
        NAVIGATION,
        (
            r"volver (?:arriba|al inicio)|leer más|ver más|seguir leyendo|cargar más|más información"
            r"|aviso legal",
            r"(?:artículo|noticia) (?:siguiente|anterior)|política de (?:privacidad|cookies)",
        ),
    ),
    (SHARE, (r"compartir(?: (?:en \w+|este artículo|esta noticia))?|comparte|imprimir|copiar enlace",)),
    (RIGHTS, (r".{0,80}todos los derechos reservados\W*",)),
)
_ARABIC: Rules = (
    (ADVERT, (r"إعلان|إعلانات|مساحة إعلانية",)),
    (
        FOLLOW,
        (r"تابعونا على.{0,60}|تابعنا على.{0,60}|تابعوا .{2,30} على (?:تويتر|فيسبوك|تلغرام|إنستغرام).{0,20}",),
    ),
    (SUBSCRIBE, (r"اشترك.{0,60}(?:النشرة|القناة).{0,40}|اشترك(?: الآن)?|تسجيل الدخول",)),
    (
        COMMENTS,
        (r"(?:اترك|أضف|اكتب) (?:تعليقا|تعليقاً|تعليقك|رد|ردا|ردًا).{0,30}|التعليقات|لا توجد تعليقات",),
    ),
    (
        LIST,
        (
            r"(?:مواضيع|أخبار|مقالات|موضوعات) (?:ذات صلة|مشابهة|أخرى|متعلقة)|الأكثر (?:قراءة|مشاهدة|تداولا)",
            r"(?:اقرأ|إقرأ|اقرأوا) (?:أيضا|أيضًا|أيضاً|المزيد).{0,80}|ذات صلة|آخر الأخبار",
        ),
    ),
    (NAVIGATION, (r"العودة إلى الأعلى|الصفحة الرئيسية|الرئيسية|عرض المزيد|تحميل المزيد|من نحن|اتصل بنا",)),
    (SHARE, (r"شارك(?: (?:الخبر|المقال|هذا المقال|على \w+))?|مشاركة|طباعة|نسخ الرابط",)),
    (RIGHTS, (r".{0,60}جميع الحقوق محفوظة.{0,60}",)),
    (TAGS, (r"(?:الوسوم|كلمات مفتاحية)\s*:.{1,120}",)),
)
_URDU: Rules = (
    (ADVERT, (r"اشتہار",)),
    (FOLLOW, (r"ہمیں .{0,30} پر فالو کریں.{0,20}",)),
    (COMMENTS, (r"اپنا تبصرہ.{0,30}|تبصرے",)),
    (LIST, (r"متعلقہ خبریں|مزید خبریں|(?:یہ بھی|مزید) پڑھیں.{0,80}",)),
    (SHARE, (r"شیئر کریں",)),
    (RIGHTS, (r"جملہ حقوق محفوظ.{0,60}",)),
)
ABROAD: Rules = (*_GERMAN, *_FRENCH, *_SPANISH, *_ARABIC, *_URDU)
