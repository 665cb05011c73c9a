"""The pages of the warm handover."""
