"""Small files in the formats that can be imported; places and points are real, the rows are our own."""

HEAD = "id name ascii alternates lat lon class code country cc2 admin1 admin2 admin3 admin4 population elevation dem zone date"


def dump_row(id_, name, ascii_, alternates, lat, lon, feature, country="SY", admin1="09", population=0):
    """Write a row of a GeoNames dump."""
    cells = (
        id_, name, ascii_, alternates, lat, lon, *feature.split("."), country, "", admin1, "", "", "", population, "", 300,
        "Asia/Damascus", "2020-01-01",
    )  # fmt: skip
    return "\t".join(map(str, cells)) + "\n"


ROWS = (
    dump_row(163843, "Syria", "Syria", "Suriye,سوريا", 35, 38, "A.PCLI", admin1="00", population=22000000),
    dump_row(
        170062, "Aleppo Governorate", "Aleppo Governorate", "Muhafazat Halab,محافظة حلب", 36.25, 37.51667, "A.ADM1"
    ),
    dump_row(170063, "Aleppo", "Aleppo", "ALP,Alep,Halab,حلب,alepo", 36.20124, 37.16117, "P.PPLA", population=2098210),
    dump_row(168920, "Kafr Ḩamrah", "Kafr Hamrah", "Kafr Hamra,كفر حمرة", 36.2526, 37.0791, "P.PPL", population=8000),
    dump_row(999001, "Ar Rāmūsah", "Ar Ramusah", "", 36.153, 37.13, "P.PPLX"),
    dump_row(
        999002, "Maţār Kuwayris al ‘Askarī", "Matar Kuwayris al `Askari", "Kuweires Airbase", 36.187, 37.583, "S.AIRB"
    ),
    dump_row(999003, "Jabal Sim‘ān", "Jabal Sim`an", "", 36.4, 36.85, "T.MTS"),
    dump_row(999004, "Bus stop", "Bus stop", "", 36.2, 37.1, "S.BUSTP"),
    dump_row(999005, "Somewhere", "Somewhere", "", 36.2, 37.1, "."),
)
DUMP = "".join(ROWS)

ALTERNATES = """\
1\t168920\ten\tKafr Hamra\t1\t\t\t\t\t
2\t168920\tar\tكفر حمرة\t1\t\t\t\t\t
3\t168920\tru\tКафр-Хамра\t\t\t\t\t\t
4\t168920\tlink\thttps://en.wikipedia.org/wiki/Kafr_Hamrah\t\t\t\t\t\t
5\t168920\twkdt\tQ6346361\t\t\t\t\t\t
6\t168920\ten\tRed Village\t\t\t1\t\t\t
7\t168920\t\tCaphar Hamra\t\t\t\t1\t\t
8\t168920\tzh\t卡夫尔哈姆拉\t\t\t\t\t\t
9\t999001\ten\tRamouseh\t\t\t\t\t\t
10\t5128581\ten\tNew York\t1\t\t\t\t\t
"""
"""In the order of GeoNames' columns: number, feature, language, name, preferred, short, colloquial, historic, from, to."""

UCDP = """\
id,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,country,country_id
1,1.0,Kafr Hamra village,Aleppo Governorate,Jabal Saman district,36.2526,37.0791,Syria,652
2,2.0,Kafr Hamra village,Aleppo Governorate,Jabal Saman district,36.2526,37.0791,Syria,652
3,1.0,Aleppo town,Aleppo Governorate,Jabal Saman district,36.201241,37.161173,Syria,652
4,2.0,Tall Nowhere (Tel Nowhere)/Khirbat Nowhere village,Aleppo Governorate,,36.6,37.9,Syria,652
5,4.0,Aleppo Governorate,Aleppo Governorate,,36.25,37.616667,Syria,652
6,6.0,Syria,,,35,38,Syria,652
7,5.0,Road between Aleppo and Azaz,Aleppo Governorate,,36.4,37.1,Syria,652
8,1.0,Imagined Camp,Aleppo Governorate,,36.31,37.41,Syria,652
9,1.0,Broken village,Aleppo Governorate,,north,37.4,Syria,652
"""

ACLED = """\
event_id_cnty,event_date,iso,country,admin1,location,latitude,longitude,geo_precision,fatalities
SYR1,01 September 2016,760,Syria,Aleppo,Kafr Hamra,36.2526,37.0791,1,0
SYR2,01 September 2016,760,Syria,Aleppo,Aleppo - Imagined Quarter,36.19,37.15,1,0
SYR3,02 September 2016,760,Syria,Aleppo,Khirbat Nowhere,36.6,37.9,3,0
"""

AIRWARS = """\
code;location;geolocation;geolocation_accuracy;country
CS1;Imagined Clinic;36.2500, 37.1000;Exact location;Syria
CS2;Imagined Clinic;36.2510, 37.1010;Within 100m;Syria
CS3;Khirbat Nowhere;36.6000, 37.9000;Village;Syria
"""

KML = """\
<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>Places</name>
<Placemark><name>Khirbat Nowhere</name><Point><coordinates>37.9,36.6,0</coordinates></Point></Placemark>
<Placemark><name>Nowhere Road</name><LineString><coordinates>37.9,36.6 37.95,36.65</coordinates></LineString></Placemark>
</Folder></Document></kml>
"""
