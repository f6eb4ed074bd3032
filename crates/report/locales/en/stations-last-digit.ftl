### stations/last-digit
