"""What somebody could learn next, and why."""
