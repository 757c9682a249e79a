"""From records to charts: what each chart shows, before anything is drawn."""
