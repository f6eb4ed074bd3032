### stations/klimek
