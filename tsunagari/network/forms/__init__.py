"""What people of the member zone fill in: parsed, and mistakes explained. Nothing else."""
