"""The register of names: millions of them on one machine, searched by how they sound and what they do."""
