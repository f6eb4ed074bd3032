### stations/mobile
