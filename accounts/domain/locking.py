"""A lock on a row is let go where its transaction ends; outside one it holds nothing."""

from django.db import connection, transaction


def require_transaction(lock: str) -> None:
    """`lock` names the function that takes it. PostgreSQL refuses by itself; SQLite, which
    ignores the clause, would not say that something was forgotten.

    Raises: TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{lock} needs a transaction")
