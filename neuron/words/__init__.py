"""Numbers as text, and the sentences about a run: no charts, no Streamlit."""
