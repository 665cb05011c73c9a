"""The guide for those who cannot name it: questions, and the rules that lead from answers to suggestions."""
