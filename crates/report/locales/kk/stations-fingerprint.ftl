### stations/fingerprint
