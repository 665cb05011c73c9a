"""What people fill in on the pages of the warm handover: parsed, and mistakes explained. Nothing else."""
