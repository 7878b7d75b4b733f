"""改年份: the years of last year's words in the texts."""
