"""Many cases at once: read ahead in processes, filed one after another, resumable at any moment."""
