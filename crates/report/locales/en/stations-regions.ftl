### stations/regions
