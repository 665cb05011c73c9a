"""What the pages of the member zone show, gathered through the same door as everything else."""
