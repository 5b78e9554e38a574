"""What the bench of the claims desk is made of."""
