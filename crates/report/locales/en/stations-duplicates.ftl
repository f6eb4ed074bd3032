### stations/duplicates
