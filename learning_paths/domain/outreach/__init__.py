"""出前講座: groups ask for a lecture from the menu, the section comes to them."""
