"""What `streamlit run app.py` serves: the page, and its files packed once for all readers."""

from pathlib import Path
from runpy import run_path

import streamlit as st

from neuron.page import serving

PAGE = Path(__file__).parent / "neuron" / "page" / "page.py"

if __name__ == "__main__":  # a host that does not know of `app` runs this file as the page
    run_path(str(PAGE), run_name="__main__")
else:
    app = st.App(PAGE, routes=serving.ROUTES, middleware=serving.MIDDLEWARE)
