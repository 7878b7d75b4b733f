"""The helper panel beside the page: what counts where, decision paths."""
