### stations/totals
