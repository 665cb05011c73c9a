"""What staff, receivers and the person do, one function a verb."""
