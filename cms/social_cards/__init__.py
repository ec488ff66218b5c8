"""The picture of a course that messengers and social media show with its link."""
