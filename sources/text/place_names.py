"""Names of places that have the shape of a person's, as datelines write them: "New York", "San Salvador"."""

from __future__ import annotations

import re

_KNOWN = """
Abu Dhabi ~ Addis Ababa ~ Aix-en-Provence ~ Andhra Pradesh ~ Arunachal Pradesh ~ Ashgabat ~ Bad Homburg
Baden-Baden ~ Bandar Abbas ~ Bandar Seri Begawan ~ Banja Luka ~ Baton Rouge ~ Beit Hanoun ~ Beit Lahia
Belo Horizonte ~ Boca Raton ~ Bosnia and Herzegovina ~ Buenos Aires ~ Burkina Faso ~ Cabo Verde ~ Cox's Bazar
Dar es Salaam ~ Deir al-Balah ~ Deir ez-Zor ~ Dera Ghazi Khan ~ Dera Ismail Khan ~ Des Moines ~ Diego Garcia
El Aaiún ~ El Fasher ~ El Geneina ~ El Obeid ~ El Paso ~ El Salvador ~ Frankfurt am Main
Frankfurt an der Oder
Guinea-Bissau ~ Ha Noi ~ Himachal Pradesh ~ Ho Chi Minh City ~ Hong Kong ~ Idar-Oberstein ~ Jammu and Kashmir
Johor Bahru ~ Khan Younis ~ Khan Yunis ~ Khyber Pakhtunkhwa ~ Kota Kinabalu ~ Krung Thep ~ Kryvyi Rih
Kuala Lumpur ~ La Paz ~ La Plata ~ La Rochelle ~ Las Palmas ~ Las Vegas ~ Le Havre ~ Le Mans ~ Lesser Antilles
Long Beach ~ Los Angeles ~ Luang Prabang ~ Madhya Pradesh ~ Mar del Plata ~ Marsa Matruh ~ Mazar-i-Sharif
Mexico City ~ Monte Carlo ~ Nay Pyi Taw ~ Neu Delhi ~ Nizhny Novgorod ~ Nova Scotia ~ Novi Sad ~ Nusa Tenggara
Nueva York ~ Palma de Mallorca ~ Palo Alto ~ Papua New Guinea ~ Phnom Penh ~ Ponta Delgada ~ Porto Alegre
Porto Novo ~ Puerto Rico ~ Punta Arenas ~ Rio de Janeiro ~ Rhode Island ~ Rostov-on-Don ~ Sana'a ~ Sao Paulo
São Paulo ~ São Tomé and Príncipe ~ Saudi Arabia  ~ Sharm el-Sheikh ~ Sidi Bouzid ~ Sierra Leone
Silicon Valley ~ Sri Lanka ~ Tamil Nadu ~ Tel Aviv ~ Terre Haute ~ Tierra del Fuego ~ Trinidad and Tobago
Ulan Bator ~ Ulan Ude ~ Umm Qasr ~ Uttar Pradesh ~ Velikiye Luki ~ Vila Nova de Gaia ~ Viña del Mar
Walvis Bay ~ Washington, D.C. ~ Washington, DC ~ Washington DC ~ Washington D.C. ~ Winston-Salem
Yoshkar-Ola ~ Costa Rica ~ Veliko Tarnovo ~ Stara Zagora ~ Cluj-Napoca ~ Ivory Coast
Green Bay ~ Miami Beach ~ Myrtle Beach ~ Niagara Falls ~ Palm Beach ~ Sioux Falls ~ Virginia Beach
Amman ~ Ankara ~ Athens ~ Baghdad ~ Bangkok ~ Beijing ~ Beirut ~ Berlin ~ Brussels ~ Cairo ~ Damascus ~ Delhi
Dhaka ~ Doha ~ Dubai ~ Geneva ~ Islamabad ~ Istanbul ~ Jakarta ~ Jerusalem ~ Kabul ~ Karachi ~ Kyiv ~ Lagos
Lahore ~ London ~ Madrid ~ Manila ~ Moscow ~ Mumbai ~ Nairobi ~ Paris ~ Riyadh ~ Rome ~ Seoul ~ Tehran ~ Tokyo
Tripoli ~ Tunis ~ Vienna ~ Washington
"""
"""A tilde or the end of a line between two."""
_FIRST = (
    "new|north|northern|south|southern|east|eastern|west|western|central|upper|lower|greater|port|fort|mount"
    r"|cape|san|santa|santo|são|sankt|saint|sainte|st\.?|ft\.?|mt\.?|los|las|puerto|ciudad|gulf|république|republik|democratic"
)
_NEVER_A_FAMILY = (
    "city|island|islands|springs|valley|county|province|district|region|state|states|republic"
    "|kingdom|heights|harbou?r|airport|square|coast|peninsula|governorate|village|township"
)
_WORD = r"[^\W\d_][\w.'’-]*"
_BY_ITS_WORDS = re.compile(
    rf"(?:{_FIRST})(?:[\s-]{_WORD}){{1,3}}|(?:{_WORD}\s){{1,3}}(?:{_NEVER_A_FAMILY})", re.IGNORECASE
)
_LONGEST = 100


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold().replace("’", "'")


_PLACES = frozenset(_folded(name) for line in _KNOWN.strip().split("\n") for name in line.split("~"))


def is_a_place(words: str) -> bool:
    """Whether they are a place's name, or several with commas of which the first is known: "New York",
    "Paris, Texas". A word that people are called by as well ("Bay", "Lake") makes no place of a name."""
    if not words or len(words) > _LONGEST:
        return False
    if _folded(words) in _PLACES:
        return True
    parts = [part.strip() for part in words.split(",")]
    first = bool(parts) and (_folded(parts[0]) in _PLACES or _BY_ITS_WORDS.fullmatch(parts[0]) is not None)
    return first and all(part and len(part.split()) <= 3 for part in parts[1:])
