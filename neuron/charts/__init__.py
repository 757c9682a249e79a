"""Records in, pictures out: what each chart shows, before anything is drawn."""
