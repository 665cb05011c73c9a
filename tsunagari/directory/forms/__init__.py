"""What people typed: parsed, and mistakes explained. Nothing else."""
