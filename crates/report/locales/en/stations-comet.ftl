### stations/comet
