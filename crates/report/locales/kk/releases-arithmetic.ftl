### releases/arithmetic
