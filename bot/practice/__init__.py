"""The practice portal: a stand-in authority with a name hall and an e-tax hall; no government site."""
