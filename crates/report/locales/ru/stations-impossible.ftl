### stations/impossible
