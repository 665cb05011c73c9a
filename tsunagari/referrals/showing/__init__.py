"""What the pages of the warm handover show, gathered through the same door as everything else."""
