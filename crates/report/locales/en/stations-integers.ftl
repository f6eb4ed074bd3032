### stations/integers
