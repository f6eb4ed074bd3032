### stations/balance
