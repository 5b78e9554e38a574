"""What a bench tells: figures beside their limits, to whoever looks on and to the table of all of them."""
