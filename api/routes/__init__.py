"""The routes, a file for what they are about; each is added to the application by an ``add_…`` function."""
