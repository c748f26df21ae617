from hypothesis import settings

# A first call loads tables, and a busy machine is no failure.
settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")
