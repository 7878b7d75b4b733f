"""The helper panel beside the page, and findings on screen with the reasons that answer them."""
