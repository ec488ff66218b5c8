"""テーブル分け: who sits with whom at a joint session."""
