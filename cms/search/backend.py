from modelsearch.backends.database import SearchBackend

__all__ = ["SearchBackend"]
