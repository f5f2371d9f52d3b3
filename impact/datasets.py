"""What can be downloaded, and how it is described: https://resources.data.gov/resources/dcat-us/ and schema.org."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact import evidence
from impact.bands import BANDS, TOTAL, band_label
from impact.files import file_addresses
from impact.models.evidence import Measure, Status
from impact.years import year_label
from portal.dates import office_day
from portal.seo import absolute

# The columns of every file, with what stands in them.
COLUMNS = [
    ("school_year", gettext_lazy("The school year, from 1 September to 31 August: 2016-17.")),
    ("state_code", gettext_lazy("The postal code of the State; US for the nation.")),
    ("state", gettext_lazy("The name of the State, United States, or Sum of these States where some are missing.")),
    ("district_or_school", gettext_lazy("The NCES number of a district or school; empty in rows of States.")),
    ("district_or_school_name", gettext_lazy("Its name.")),
    ("measure", gettext_lazy("What was counted.")),
    ("file_spec", gettext_lazy("The file specification of EDFacts.")),
    ("data_group", gettext_lazy("The data group of EDFacts.")),
    ("service", gettext_lazy("The type of service; empty for the program as a whole.")),
    ("subgroup", gettext_lazy("A part of the students other than an age or grade; empty for everybody.")),
    ("band", gettext_lazy("The code of the age, grade or band.")),
    ("band_name", gettext_lazy("The same in words.")),
    ("value", gettext_lazy("What the page shows; in the files of whole measures, the cell as it was delivered.")),
    ("number", gettext_lazy("The number, without separators; empty where there is none. A symbol is never 0.")),
    ("status", gettext_lazy("What kind of answer the value is; see below.")),
    ("computed", gettext_lazy("yes: the number is a sum of rows, made by this site.")),
    ("missing_states", gettext_lazy("The States of which a computed number lacks something.")),
    (
        "source_file",
        gettext_lazy("The file of ED Data Express that it comes from; in a table from several files, all of them."),
    ),
    ("source_address", gettext_lazy("Where that file was downloaded from.")),
    ("retrieved", gettext_lazy("The day on which it was read.")),
]
NAMES = [name for name, _meaning in COLUMNS]
LICENSE = "https://www.usa.gov/government-works"

STATUS_MEANINGS = {
    Status.NUMBER: gettext_lazy("A count."),
    Status.NOT_APPLICABLE: gettext_lazy("There was nothing to count, for example no program in that State (†)."),
    Status.MISSING: gettext_lazy("The State has not reported it (–)."),
    Status.SUPPRESSED: gettext_lazy("Too few to be told without harm to privacy (n<)."),
    Status.RANGE: gettext_lazy("Only bounds are known."),
    Status.PERCENT: gettext_lazy("A share instead of a count."),
}


def dictionary() -> dict[str, list[tuple[str, str]]]:
    """The codes that stand in the columns `band` and `status`, with their meanings."""
    return {
        "bands": [(band.code, f"{band.label} ({', '.join(band.codes)})") for band in BANDS]
        + [(TOTAL.code, str(TOTAL.label))],
        "codes": [(code, band_label(code)) for code in ("KG", "01", "12", "13", "UG", "KG-03")],
        "statuses": [(status.value, str(meaning)) for status, meaning in STATUS_MEANINGS.items()],
    }


def catalogued() -> list[dict[str, Any]]:
    """Every measure with rows, as a file: title, definition, years, paths."""
    files = []
    for slug, measure in evidence.measures().items():
        years = evidence.years_of(measure)
        if years:
            files.append(
                {
                    "measure": measure,
                    "identifier": slug,
                    "title": title_of(measure),
                    "description": measure.definition,
                    "first": year_label(years[0]),
                    "last": year_label(years[-1]),
                    "modified": office_day(evidence.last_change()).isoformat(),
                    **file_addresses(slug),
                }
            )
    return files


def title_of(measure: Measure) -> str:
    return _("Migrant Education Program: %(measure)s") % {"measure": measure.name}


def schema_org(chrome: dict[str, Any], page: str) -> list[dict[str, Any]]:
    """https://schema.org/Dataset nodes of all files."""
    publisher = {"@type": "GovernmentOrganization", "name": chrome["organisation"] or chrome["site_name"]}
    return [
        {
            "@type": "Dataset",
            "name": file["title"],
            "description": file["description"],
            "url": page,
            "identifier": f"{absolute('/data.json')}#{file['identifier']}",
            "creator": publisher,
            "publisher": publisher,
            "license": LICENSE,
            "isAccessibleForFree": True,
            "temporalCoverage": f"{file['first'][:4]}/{int(file['last'][:4]) + 1}",
            "spatialCoverage": "United States",
            "variableMeasured": file["measure"].name,
            "dateModified": file["modified"],
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": absolute(file[key])}
                for key, kind in (("csv", "text/csv"), ("json", "application/json"))
            ],
        }
        for file in catalogued()
    ]


def data_catalog(chrome: dict[str, Any], bureau_code: str, program_code: str, page: str) -> dict[str, Any]:
    """The catalog `/data.json` with the fields that DCAT-US 1.1 requires of a federal agency."""
    publisher = {"@type": "org:Organization", "name": chrome["organisation"] or chrome["site_name"]}
    for agency in chrome["agencies"][:1]:
        publisher["subOrganizationOf"] = {"@type": "org:Organization", "name": agency["name"]}
    contact = {
        "@type": "vcard:Contact",
        "fn": chrome["contact"]["heading"] or publisher["name"],
        "hasEmail": f"mailto:{chrome['contact']['email'] or settings.DEFAULT_FROM_EMAIL}",
    }
    return {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@id": absolute("/data.json"),
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": [
            {
                "@type": "dcat:Dataset",
                "title": file["title"],
                "description": file["description"],
                "keyword": [
                    "migratory students",
                    "Migrant Education Program",
                    "Title I, Part C",
                    file["measure"].file_spec,
                ],
                "modified": file["modified"],
                "publisher": publisher,
                "contactPoint": contact,
                "identifier": f"{absolute('/data.json')}#{file['identifier']}",
                "accessLevel": "public",
                "bureauCode": [bureau_code],
                "programCode": [program_code],
                "license": LICENSE,
                "spatial": "United States",
                "temporal": f"{file['first'][:4]}-09-01/{int(file['last'][:4]) + 1}-08-31",
                "landingPage": page,
                "describedBy": page,
                "describedByType": "text/html",
                "distribution": [
                    {
                        "@type": "dcat:Distribution",
                        "title": f"{file['title']} ({kind.upper()})",
                        "mediaType": media_type,
                        "downloadURL": absolute(file[kind]),
                    }
                    for kind, media_type in (("csv", "text/csv"), ("json", "application/json"))
                ],
            }
            for file in catalogued()
        ],
    }
