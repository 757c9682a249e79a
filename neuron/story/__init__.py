"""The chapters: their texts, their settings, and the result each one promises."""
