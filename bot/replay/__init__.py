"""Cases recorded and replayed: what today's program makes of last month's papers, and why that differs."""
