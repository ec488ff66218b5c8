"""Reading a PDF as a reader would: its text, its pages, its fonts."""

from io import BytesIO

from pypdf import PdfReader

MM = 72 / 25.4


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def text_of(pdf: bytes) -> str:
    """All pages; line breaks and the spaces around Latin letters are the layout's."""
    return "".join("".join(page.extract_text() for page in reader(pdf).pages).split())


def text_of_pages(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in reader(pdf).pages]


def page_sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Width and height in whole millimetres."""
    boxes = [page.mediabox for page in reader(pdf).pages]
    return {(round(float(box.width) / MM), round(float(box.height) / MM)) for box in boxes}


def fonts_of(pdf: bytes) -> set[str]:
    """Names of the fonts of which a part is inside; raises for one that is only named."""
    found = set()
    for page in reader(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            if not {"/FontFile2", "/FontFile3"} & set(descriptor):
                raise AssertionError(f"{inner['/BaseFont']} is not embedded")
            found.add(inner["/BaseFont"].partition("+")[2].partition("-Identity")[0])
    return found
