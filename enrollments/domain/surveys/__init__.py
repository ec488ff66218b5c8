"""アンケート: asked of those who came, answered once, and nobody can say by whom."""
