"""Readers: each turns one carrier (text layer, picture, office file) into lines with boxes."""
