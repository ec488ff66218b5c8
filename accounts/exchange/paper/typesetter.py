"""The program that sets one paper and ends; never imported. Reads JSON from its input:
`root`, `fonts`, `template`, `data`, `at` (UNIX seconds), `memory` (bytes); writes the PDF.

A process of its own gives its memory back, can be ended when it takes too long, and takes
nobody with it if it fails (ADR 28)."""

import json
import resource
import sys

import typst

NO_PACKAGES = "/nonexistent"


def main() -> None:
    order = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_DATA, (order["memory"],) * 2)
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[order["fonts"]],
    )
    compiler = typst.Compiler(
        input=f"{order['root']}/{order['template']}",
        root=order["root"],
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": order["data"]},
        package_path=NO_PACKAGES,
        package_cache_path=NO_PACKAGES,
    )
    pdf = compiler.compile(
        format="pdf", pdf_standards=order["standards"], timestamp=order["at"]
    )
    assert isinstance(pdf, bytes)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
