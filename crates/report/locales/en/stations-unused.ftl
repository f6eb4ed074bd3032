### stations/unused
