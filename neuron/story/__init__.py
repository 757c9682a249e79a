"""The chapters: their texts, their settings, and what each of them claims."""
