"""出力: lists that leave, by section and permission, each with its trace."""
