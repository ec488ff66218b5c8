"""The address by which a device opens its calendar program and offers to subscribe."""


def webcal(https_url: str) -> str:
    return "webcal://" + https_url.split("://", 1)[1]
